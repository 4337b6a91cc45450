/**
 * JAX-RS without a servlet: one application on each implementation and server, with and without the
 * agent. Those that are tagged {@code jax-rs} run with the profile of that name.
 */
@NullMarked
package dev.slipstream.it.jaxrs;

import org.jspecify.annotations.NullMarked;
