package dev.slipstream.engine.learn;

/**
 * What bounds a learned freshness lifetime.
 *
 * @param firstMillis the lifetime until there is evidence, in milliseconds
 * @param shortestMillis the shortest that is given
 * @param longestMillis the longest
 * @param staleness the share of answers that may be stale, over 0 and below 1
 */
record TtlLimits(long firstMillis, long shortestMillis, long longestMillis, double staleness) {
  TtlLimits {
    if (shortestMillis < 1 || longestMillis < shortestMillis || firstMillis < 1) {
      throw new IllegalArgumentException(
          firstMillis + " ms in " + shortestMillis + " to " + longestMillis + " ms");
    }
    if (!(staleness > 0 && staleness < 1)) {
      throw new IllegalArgumentException("staleness " + staleness);
    }
  }

  /** The rate of change at which the first lifetime keeps within the budget. */
  double assumedPerMilli() {
    return 2 * staleness / firstMillis;
  }

  /**
   * The lifetime for a rate: an answer is stale for λT/2 of its lifetime T at most, if it changes
   * at the rate λ.
   */
  double wantedMillis(double perMilli, double budget) {
    return 2 * budget / perMilli;
  }

  /** The share of answers that are stale, if they change at a rate and live so long. */
  static double staleShare(double perMilli, double ttlMillis) {
    double x = perMilli * ttlMillis;
    return x < 1e-6 ? x / 2 : 1 + Math.expm1(-x) / x;
  }

  long bounded(double millis) {
    return (long) Math.max((double) shortestMillis, Math.min((double) longestMillis, millis));
  }
}
