/**
 * Which requests the application is asked about: throttles and circuit breakers of endpoints, and
 * the gateway's emergency. Stored answers are none of its business.
 */
@NullMarked
package dev.slipstream.engine.admit;

import org.jspecify.annotations.NullMarked;
