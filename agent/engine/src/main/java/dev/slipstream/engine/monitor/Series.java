package dev.slipstream.engine.monitor;

import java.time.Duration;

/**
 * Values of a metric over a time. Times without a value are not in it.
 *
 * @param step the time that each point covers
 * @param millis when each of these times began, in milliseconds since 1970, ascending
 * @param means the mean of what was measured in it
 * @param maxima the greatest that was measured in it
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of numbers, made for one reader
public record Series(Duration step, long[] millis, double[] means, double[] maxima) {
  /** Checks the lengths. */
  public Series {
    if (millis.length != means.length || millis.length != maxima.length) {
      throw new IllegalArgumentException("as many times as values");
    }
  }

  /** How many points there are. */
  public int size() {
    return millis.length;
  }
}
