package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * How long exchanges took; null where none was measured.
 *
 * @param count how many were measured
 * @param meanMillis their mean, in milliseconds
 * @param p50Millis half of them took no longer, in milliseconds
 * @param p95Millis 95 % of them took no longer, in milliseconds
 * @param p99Millis 99 % of them took no longer, in milliseconds
 * @param maxMillis the slowest, in milliseconds
 */
public record LatencyReport(
    long count,
    @Nullable Double meanMillis,
    @Nullable Double p50Millis,
    @Nullable Double p95Millis,
    @Nullable Double p99Millis,
    @Nullable Double maxMillis) {
  /** What {@link #count} is, under the name that JMX looks for, as are the following. */
  public long getCount() {
    return count;
  }

  /** See {@link #meanMillis}. */
  public @Nullable Double getMeanMillis() {
    return meanMillis;
  }

  /** See {@link #p50Millis}. */
  public @Nullable Double getP50Millis() {
    return p50Millis;
  }

  /** See {@link #p95Millis}. */
  public @Nullable Double getP95Millis() {
    return p95Millis;
  }

  /** See {@link #p99Millis}. */
  public @Nullable Double getP99Millis() {
    return p99Millis;
  }

  /** See {@link #maxMillis}. */
  public @Nullable Double getMaxMillis() {
    return maxMillis;
  }

  /** Rebuilds the record from what JMX sends. */
  public static LatencyReport from(CompositeData data) {
    return new LatencyReport(
        (Long) data.get("count"),
        (Double) data.get("meanMillis"),
        (Double) data.get("p50Millis"),
        (Double) data.get("p95Millis"),
        (Double) data.get("p99Millis"),
        (Double) data.get("maxMillis"));
  }
}
