package dev.slipstream.engine.admit;

import com.netflix.concurrency.limits.limit.VegasLimit;

/**
 * How many requests of a throttled endpoint may be under way: TCP Vegas (Brakmo and Peterson, 1995)
 * as Netflix' concurrency-limits has it, from one window of answers to the next. Of one thread.
 *
 * <p>It begins at what throughput and least latency account for, which is what the endpoint needs
 * when it does well, and is never less: what it has of the container's threads is not taken from
 * it, nor do others lose theirs to it. It grows while answers take little longer than usual, and
 * shrinks by a fifth where they queue, or where none ends.
 *
 * <p>That is too slow for an endpoint that has been in trouble and is well again: there it grows to
 * {@value #LEAP} times as much with each window in which it is reached, until answers are slow
 * again (TCP's slow start doubles with each round trip, of which a window has many). Then it takes
 * the last leap back, and tries none for {@value #PAUSE_WINDOWS} windows.
 */
final class AdaptiveLimit {
  /** How many times the usual median is no trouble any more. */
  static final double WELL = 1.5;

  static final int LEAP = 4;
  static final int PAUSE_WINDOWS = 20;

  private static final int GREATEST_LIMIT = 1_000;
  private static final double DECREASE = 0.8;
  private static final double NANOS_PER_MILLI = 1e6;

  private final int least;
  private final long usualNanos;
  private VegasLimit vegas;
  private int limit;
  private int before;
  private int pause;
  private boolean troubled;
  private boolean recovering;

  /**
   * Begins at a limit.
   *
   * @param least where it begins, and the least it can be
   * @param usualNanos the latency without a queue
   */
  AdaptiveLimit(int least, long usualNanos) {
    this.least = least;
    this.usualNanos = Math.max(1, usualNanos);
    vegas = vegas(least);
    limit = least;
  }

  private VegasLimit vegas(int initial) {
    int from = Math.min(GREATEST_LIMIT, initial);
    VegasLimit made =
        VegasLimit.newBuilder()
            .initialLimit(from)
            .maxConcurrency(GREATEST_LIMIT)
            .decreaseFunction(current -> Math.min(current - 1, DECREASE * current))
            .probeMultiplier(Integer.MAX_VALUE) // the baseline knows the least latency
            .build();
    made.onSample(0, usualNanos, from, false);
    return made;
  }

  /** Takes a window of answers. */
  void answered(long medianNanos, int inFlight) {
    pause = Math.max(0, pause - 1);
    double millis = medianNanos / NANOS_PER_MILLI;
    double usual = usualNanos / NANOS_PER_MILLI;
    boolean well = millis <= Math.max(Congestion.LEAST_SLOW_MILLIS / 2, WELL * usual);
    if (millis > Math.max(Congestion.LEAST_SLOW_MILLIS, Baseline.TROUBLE * usual)) {
      troubled = true;
    }
    if (well && troubled && pause == 0) {
      troubled = false;
      recovering = true;
      before = limit;
    }
    if (!recovering) {
      sample(medianNanos, inFlight, false);
    } else if (!well) {
      takeBack();
    } else if (inFlight >= limit) {
      before = limit;
      limit = Math.max(limit, Math.min(GREATEST_LIMIT, LEAP * limit));
    }
  }

  private void takeBack() {
    recovering = false;
    pause = PAUSE_WINDOWS;
    limit = before;
    vegas = vegas(limit);
  }

  /** No answer has ended though they should have. */
  void stuck(long ageNanos, int inFlight) {
    troubled = true;
    if (recovering) {
      takeBack();
    }
    sample(ageNanos, inFlight, true);
  }

  private void sample(long nanos, int inFlight, boolean dropped) {
    vegas.onSample(0, Math.max(1, nanos), inFlight, dropped);
    limit = Math.max(least, vegas.getLimit());
  }

  /** The limit now. */
  int get() {
    return limit;
  }
}
