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
 */
final class AdaptiveLimit {
  private static final int GREATEST_LIMIT = 1_000;
  private static final double DECREASE = 0.8;

  private final VegasLimit vegas;
  private final int least;

  /**
   * Begins at a limit.
   *
   * @param least where it begins, and the least it can be
   * @param usualNanos the latency without a queue
   */
  AdaptiveLimit(int least, long usualNanos) {
    this.least = least;
    int initial = Math.min(GREATEST_LIMIT, least);
    vegas =
        VegasLimit.newBuilder()
            .initialLimit(initial)
            .maxConcurrency(GREATEST_LIMIT)
            .decreaseFunction(limit -> Math.min(limit - 1, DECREASE * limit))
            .probeMultiplier(Integer.MAX_VALUE) // the baseline knows the least latency
            .build();
    vegas.onSample(0, Math.max(1, usualNanos), initial, false);
  }

  /** Takes a window of answers. */
  void answered(long medianNanos, int inFlight) {
    vegas.onSample(0, Math.max(1, medianNanos), inFlight, false);
  }

  /** No answer has ended though they should have. */
  void stuck(long ageNanos, int inFlight) {
    vegas.onSample(0, Math.max(1, ageNanos), inFlight, true);
  }

  /** The limit now. */
  int get() {
    return Math.max(least, vegas.getLimit());
  }
}
