/**
 * Adapters to JAX-RS, written once against {@code jakarta.ws.rs}: providers that the agent
 * registers with every application. In a servlet container they only name endpoints.
 */
@NullMarked
package dev.slipstream.jaxrs;

import org.jspecify.annotations.NullMarked;
