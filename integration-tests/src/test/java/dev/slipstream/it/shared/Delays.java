package dev.slipstream.it.shared;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How long things took. */
record Delays(int count, Duration p50, Duration p99, Duration max) {
  static Delays of(List<Duration> unsorted) {
    List<Duration> sorted = unsorted.stream().sorted().toList();
    return new Delays(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static Duration at(List<Duration> sorted, double share) {
    int index = Math.min(sorted.size() - 1, (int) (share * sorted.size()));
    return index < 0 ? Duration.ZERO : sorted.get(index);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%6d, p50 %6.1f, p99 %6.1f, max %6.1f ms",
        count,
        p50.toNanos() / 1e6,
        p99.toNanos() / 1e6,
        max.toNanos() / 1e6);
  }
}
