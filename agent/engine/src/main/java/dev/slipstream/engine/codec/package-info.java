/** Entries as bytes outside this process: one frame around any payload. */
@NullMarked
package dev.slipstream.engine.codec;

import org.jspecify.annotations.NullMarked;
