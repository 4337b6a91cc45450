package dev.slipstream.engine.optimize;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well the gateway does as a whole, 0 to 1: the weighted mean of its parts, each 0 to 1. A part
 * that was not measured is left out, with its weight.
 *
 * @param value the mean; null where no exchange was measured
 * @param parts by name
 */
public record Score(@Nullable Double value, Map<String, Double> parts) {
  private static final double WORST_ERROR_RATE = 0.05;

  /** A p95 up to this is a good one, in milliseconds. */
  static final double GOOD_P95_MILLIS = 500;

  private static final double WORST_GC_PERCENT = 20;

  public Score {
    parts = Map.copyOf(parts);
  }

  private record Part(double value, double weight) {}

  /** That of a sample. */
  static Score of(Measurements measured, int cpuThreshold, int memoryThreshold) {
    Map<String, Part> parts = new LinkedHashMap<>();
    Double errors = measured.value(Metric.ERROR_RATE);
    if (errors != null) {
      parts.put("errors", new Part(1 - Math.min(1, errors / WORST_ERROR_RATE), 0.3));
    }
    Double p95 = measured.value(Metric.P95);
    if (p95 != null) {
      parts.put("latency", new Part(Math.min(1, GOOD_P95_MILLIS / Math.max(1, p95)), 0.25));
    }
    Double hits = measured.value(Metric.HIT_RATE);
    if (hits != null) {
      parts.put("caching", new Part(hits, 0.2));
    }
    headroom(parts, "cpu", measured.value(Metric.CPU), cpuThreshold);
    headroom(parts, "memory", measured.value(Metric.MEMORY), memoryThreshold);
    Double collecting = measured.value(Metric.GC_TIME);
    if (collecting != null) {
      parts.put("gc", new Part(1 - Math.min(1, collecting / WORST_GC_PERCENT), 0.05));
    }
    double sum = 0;
    double weights = 0;
    Map<String, Double> values = new LinkedHashMap<>();
    for (Map.Entry<String, Part> one : parts.entrySet()) {
      values.put(one.getKey(), one.getValue().value());
      sum += one.getValue().value() * one.getValue().weight();
      weights += one.getValue().weight();
    }
    return new Score(errors == null ? null : (Double) (sum / weights), values);
  }

  /** Full up to the threshold, nothing at 100 %. */
  private static void headroom(
      Map<String, Part> parts, String name, @Nullable Double percent, int threshold) {
    if (percent != null) {
      double free = (100 - percent) / Math.max(1, 100 - threshold);
      parts.put(name, new Part(Math.max(0, Math.min(1, free)), 0.1));
    }
  }
}
