package dev.slipstream.engine.optimize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A figure that rules look at, with its unit. */
public enum Metric {
  /** Processor load of the container's quota, or of the host where there is none. */
  CPU("cpu", "%", 100, 3),
  /**
   * Heap after collection of its maximum, or under G1 what is left of it after any collection, if
   * that is short of room, or the container's use of its limit, whichever is highest.
   */
  MEMORY("memory", "%", 100, 2),
  /** Heap in use after the last collection, of its maximum. */
  HEAP_AFTER_COLLECTION("heap_after_collection", "%", 100, 2),
  /** Time that collections took, of all time. */
  GC_TIME("gc_time", "%", 100, 1),
  /** 95th percentile of what exchanges took. */
  P95("p95", "ms", 3_600_000, 5),
  /** Mean of what exchanges took. */
  MEAN("mean", "ms", 3_600_000, 2),
  /** Exchanges that failed, of all; those that were refused have not. */
  ERROR_RATE("error_rate", "share", 1, 0.01),
  /** Exchanges answered from the cache, of those that might have been. */
  HIT_RATE("hit_rate", "share", 1, 0.02),
  /** Exchanges a second. */
  REQUEST_RATE("request_rate", "1/s", 10_000_000, 1),
  /** 95th percentile of what L2 took a request. */
  L2_P95("l2_p95", "ms", 3_600_000, 1);

  private final String text;
  private final String unit;
  private final double greatest;
  private final double noise;

  Metric(String text, String unit, double greatest, double noise) {
    this.text = text;
    this.unit = unit;
    this.greatest = greatest;
    this.noise = noise;
  }

  /** What it is called in outputs. */
  public String text() {
    return text;
  }

  /** What its values are in: {@code %}, {@code ms}, {@code share} (0 to 1) or {@code 1/s}. */
  public String unit() {
    return unit;
  }

  /** The greatest value it can have, or can sensibly be given. */
  public double greatest() {
    return greatest;
  }

  /** The smallest difference that means anything. */
  double noise() {
    return noise;
  }

  /** Whether each endpoint has one of its own. */
  boolean isOfEndpoints() {
    return switch (this) {
      case P95, MEAN, ERROR_RATE, HIT_RATE, REQUEST_RATE -> true;
      case CPU, MEMORY, HEAP_AFTER_COLLECTION, GC_TIME, L2_P95 -> false;
    };
  }

  /** Whether more of it is better. */
  boolean moreIsBetter() {
    return this == HIT_RATE;
  }

  /** A value with its unit. */
  String format(double value) {
    return switch (unit) {
      case "share" -> String.format(Locale.ROOT, "%.1f %%", value * 100);
      case "ms" -> String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
      default -> String.format(Locale.ROOT, "%.1f %s", value, unit);
    };
  }

  /** The metric of a name, or null. */
  static @Nullable Metric named(String name) {
    for (Metric metric : values()) {
      if (metric.text.equals(name)) {
        return metric;
      }
    }
    return null;
  }
}
