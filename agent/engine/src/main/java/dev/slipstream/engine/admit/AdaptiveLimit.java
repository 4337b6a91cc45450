package dev.slipstream.engine.admit;

import com.netflix.concurrency.limits.limit.VegasLimit;

/**
 * How many requests of a throttled endpoint may be under way: TCP Vegas (Brakmo and Peterson, 1995)
 * as Netflix' concurrency-limits has it, from one window of answers to the next. Of one thread.
 *
 * <p>It begins at what throughput and least latency account for, grows while answers take little
 * longer than the least latency, and shrinks by a fifth where they queue, or where none ends.
 */
final class AdaptiveLimit {
  private static final int GREATEST_LIMIT = 1_000;
  private static final double DECREASE = 0.8;

  private final VegasLimit vegas;

  /**
   * Begins at a limit.
   *
   * @param leastNanos the latency without a queue
   */
  AdaptiveLimit(int initial, long leastNanos) {
    vegas =
        VegasLimit.newBuilder()
            .initialLimit(Math.min(GREATEST_LIMIT, initial))
            .maxConcurrency(GREATEST_LIMIT)
            .decreaseFunction(limit -> Math.min(limit - 1, DECREASE * limit))
            .probeMultiplier(Integer.MAX_VALUE) // the baseline knows the least latency
            .build();
    vegas.onSample(0, Math.max(1, leastNanos), initial, false);
  }

  /** Takes a window of answers. */
  void answered(long meanNanos, int inFlight) {
    vegas.onSample(0, Math.max(1, meanNanos), inFlight, false);
  }

  /** No answer has ended though they should have. */
  void stuck(long ageNanos, int inFlight) {
    vegas.onSample(0, Math.max(1, ageNanos), inFlight, true);
  }

  /** The limit now; at least {@link Congestion#LEAST_LIMIT}. */
  int get() {
    return Math.max(Congestion.LEAST_LIMIT, vegas.getLimit());
  }
}
