package dev.slipstream.engine.optimize;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Values that somebody made up for a test, each for a bounded time. Not thread-safe. */
final class Injections {
  static final int LONGEST_SECONDS = 3600;

  private record Injected(double value, long untilMillis) {}

  private final Map<Metric, Injected> injected = new EnumMap<>(Metric.class);

  /**
   * Makes a value up.
   *
   * @return what was done
   * @throws IllegalArgumentException with what is accepted
   */
  String inject(String name, double value, int seconds, long nowMillis) {
    Metric metric = Metric.named(name);
    if (metric == null) {
      String names =
          Arrays.stream(Metric.values()).map(Metric::text).collect(Collectors.joining(", "));
      throw new IllegalArgumentException("no metric \"" + name + "\"; accepted: " + names);
    }
    if (!(value >= 0 && value <= metric.greatest())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s %s; accepted: 0 to %s, in %s",
              name,
              Threshold.number(value),
              Threshold.number(metric.greatest()),
              metric.unit()));
    }
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          seconds + " seconds; accepted: 1 to " + LONGEST_SECONDS + " seconds");
    }
    injected.put(metric, new Injected(value, nowMillis + seconds * 1_000L));
    return name + " is " + metric.format(value) + " for " + seconds + " s";
  }

  /** What is made up now. */
  Map<Metric, Double> current(long nowMillis) {
    injected.values().removeIf(one -> nowMillis >= one.untilMillis());
    Map<Metric, Double> current = new EnumMap<>(Metric.class);
    injected.forEach((metric, one) -> current.put(metric, one.value()));
    return current;
  }
}
