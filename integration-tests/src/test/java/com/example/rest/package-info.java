/**
 * A JAX-RS application without a servlet, inside the gateways that the tests of JAX-RS start: it
 * knows nothing of Slipstream.
 *
 * <p>Written against JAX-RS 3.0 and run in a JVM of its own. For {@code javax.ws.rs} the compiled
 * classes are renamed, so nothing here may name an API newer than JAX-RS 2.1.
 */
@NullMarked
package com.example.rest;

import org.jspecify.annotations.NullMarked;
