/** The engine: what the agent does once a gateway has begun to serve, assembled in one place. */
@NullMarked
package dev.slipstream.engine;

import org.jspecify.annotations.NullMarked;
