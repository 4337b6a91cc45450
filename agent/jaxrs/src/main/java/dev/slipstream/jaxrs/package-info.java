/**
 * Adapters to JAX-RS, written once against {@code jakarta.ws.rs}. Empty as yet: resources in a
 * servlet container are cached as servlets.
 */
@NullMarked
package dev.slipstream.jaxrs;

import org.jspecify.annotations.NullMarked;
