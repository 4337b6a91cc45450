package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.LatencyReport;
import org.jspecify.annotations.Nullable;

/** Metrics to which one gateway adds its values, each with its name as the label {@code target}. */
record TargetFamilies(Families families, String target) {

  /** See {@link Families#counter}. */
  void counter(String name, String help, Number value, String... labels) {
    families.counter(name, help, value, withTarget(labels));
  }

  /** See {@link Families#gauge}. */
  void gauge(String name, String help, @Nullable Number value, String... labels) {
    families.gauge(name, help, value, withTarget(labels));
  }

  /** See {@link Families#info}. */
  void info(String name, String help, String... labels) {
    families.info(name, help, withTarget(labels));
  }

  /** Adds 1 or 0. */
  void flag(String name, String help, boolean value, String... labels) {
    gauge(name, help, value ? 1 : 0, labels);
  }

  /** Adds a time of so many milliseconds, in seconds. */
  void time(String name, String help, @Nullable Number millis, String... labels) {
    gauge(name, help, millis == null ? null : millis.doubleValue() / 1e3, labels);
  }

  /** Adds so many percent as a share, 0 to 1. */
  void share(String name, String help, @Nullable Double percent, String... labels) {
    gauge(name, help, percent == null ? null : Double.valueOf(percent / 100), labels);
  }

  /** Adds the 50th, 95th and 99th percentile, in seconds. */
  void percentiles(String name, String help, LatencyReport times, String... labels) {
    time(name, help, times.p50Millis(), with(labels, "percentile", "50"));
    time(name, help, times.p95Millis(), with(labels, "percentile", "95"));
    time(name, help, times.p99Millis(), with(labels, "percentile", "99"));
  }

  private String[] withTarget(String[] labels) {
    return with(labels, "target", target);
  }

  private static String[] with(String[] labels, String name, String value) {
    String[] all = new String[labels.length + 2];
    all[0] = name;
    all[1] = value;
    System.arraycopy(labels, 0, all, 2, labels.length);
    return all;
  }
}
