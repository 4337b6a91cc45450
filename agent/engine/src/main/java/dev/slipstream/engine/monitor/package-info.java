/** The system: what this process, its container and its host use, now and over the last day. */
@NullMarked
package dev.slipstream.engine.monitor;

import org.jspecify.annotations.NullMarked;
