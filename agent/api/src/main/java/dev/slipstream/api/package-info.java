/** For application code: direct cache calls and {@code @Cached}. Empty as yet. */
@NullMarked
package dev.slipstream.api;

import org.jspecify.annotations.NullMarked;
