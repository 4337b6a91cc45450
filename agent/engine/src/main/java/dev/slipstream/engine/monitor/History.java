package dev.slipstream.engine.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last day of every {@link Metric}: seconds for 10 minutes, 10 seconds for 2 hours, minutes for
 * 24 hours; of each the mean and the maximum.
 *
 * <p>A metric costs 22,080 bytes from its first value on, all of them {@link #MAX_BYTES}. Where
 * samples are taken less often than a ring has steps, it has as many points as there are samples.
 * Any thread may use it.
 */
public final class History {
  /** The most that all rings hold, in bytes: half a megabyte. */
  public static final int MAX_BYTES = Metric.values().length * 2 * Float.BYTES * (600 + 720 + 1440);

  private final Map<Metric, List<Ring>> rings = new EnumMap<>(Metric.class);

  private static List<Ring> make(Metric metric) {
    return List.of(
        new Ring(Duration.ofSeconds(1), 600),
        new Ring(Duration.ofSeconds(10), 720),
        new Ring(Duration.ofMinutes(1), 1440));
  }

  /** Keeps all that a sample says. */
  void record(SystemSample sample) {
    for (Metric metric : Metric.values()) {
      record(metric, metric.in(sample), sample.at());
    }
  }

  /** Keeps a value; what is null or no number leaves a gap. */
  public synchronized void record(Metric metric, @Nullable Double value, Instant at) {
    if (value == null || value.isNaN()) {
      return;
    }
    for (Ring ring : rings.computeIfAbsent(metric, History::make)) {
      ring.add(at.toEpochMilli(), value);
    }
  }

  /** The values of the time before now, as finely as they are kept for so long. */
  public synchronized Series series(Metric metric, Duration window, Instant now) {
    List<Ring> all = rings.getOrDefault(metric, List.of());
    for (Ring ring : all) {
      if (ring.span().compareTo(window) >= 0 || ring.equals(all.get(all.size() - 1))) {
        return ring.between(now.minus(window).toEpochMilli(), now.toEpochMilli());
      }
    }
    return new Series(Duration.ofSeconds(1), new long[0], new double[0], new double[0]);
  }

  /** Bytes of all numbers that are kept. */
  synchronized int bytes() {
    return rings.values().stream().flatMap(List::stream).mapToInt(Ring::bytes).sum();
  }
}
