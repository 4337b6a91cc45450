/**
 * The cache for application code: direct calls ({@link dev.slipstream.api.Slipstream}) and {@link
 * dev.slipstream.api.Cached}. Without the agent in the process all of it does nothing.
 */
@NullMarked
package dev.slipstream.api;

import org.jspecify.annotations.NullMarked;
