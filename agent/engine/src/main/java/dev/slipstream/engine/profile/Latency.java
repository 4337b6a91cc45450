package dev.slipstream.engine.profile;

import org.jspecify.annotations.Nullable;

/**
 * How long exchanges took, in milliseconds; null where none was measured.
 *
 * <p>The mean and the greatest are exact, percentiles are within 3.2 %.
 *
 * @param count how many were measured
 * @param meanMillis their mean
 * @param p50Millis half of them took no longer
 * @param p95Millis 95 % of them took no longer
 * @param p99Millis 99 % of them took no longer
 * @param maxMillis the slowest
 */
public record Latency(
    long count,
    @Nullable Double meanMillis,
    @Nullable Double p50Millis,
    @Nullable Double p95Millis,
    @Nullable Double p99Millis,
    @Nullable Double maxMillis) {
  /** Nothing was measured. */
  public static final Latency NONE = new Latency(0, null, null, null, null, null);
}
