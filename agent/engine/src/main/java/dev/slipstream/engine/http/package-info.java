/**
 * HTTP caching (RFC 9111): pure policies, the decision they make, and the cache that carries it
 * out.
 */
@NullMarked
package dev.slipstream.engine.http;

import org.jspecify.annotations.NullMarked;
