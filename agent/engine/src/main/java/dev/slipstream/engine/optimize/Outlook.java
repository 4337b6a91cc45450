package dev.slipstream.engine.optimize;

import dev.slipstream.engine.monitor.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * What comes if all goes on like in the last 15 min; null where nothing tells.
 *
 * @param memoryFull when the memory is full
 * @param l1Full when L1 has no more room
 * @param slow when the gateway's p95 is no longer a good one
 */
record Outlook(@Nullable Forecast memoryFull, @Nullable Forecast l1Full, @Nullable Forecast slow) {
  /** Nothing tells anything. */
  static final Outlook NONE = new Outlook(null, null, null);
}
