package dev.slipstream.it.effects;

import java.util.Arrays;

/** What became of the requests of one kind in one phase. Thread-safe. */
final class Figures {
  private static final int LONGEST_MILLIS = 30_000;

  private final long[] byTenthOfMillis = new long[LONGEST_MILLIS * 10 + 1];
  private long asked;
  private long useful;
  private long refused;

  /** A request is due. */
  synchronized void asked() {
    asked++;
  }

  /**
   * A request has been answered.
   *
   * @param nanos the time since it was due
   */
  synchronized void answered(int status, long nanos, int patienceMillis) {
    int tenths = (int) Math.min(LONGEST_MILLIS * 10L, nanos / 100_000);
    if (status == 200) {
      byTenthOfMillis[tenths]++;
      useful += tenths <= patienceMillis * 10 ? 1 : 0;
    } else if (status == 503) {
      refused++;
    }
  }

  synchronized void add(Figures other) {
    for (int i = 0; i < byTenthOfMillis.length; i++) {
      byTenthOfMillis[i] += other.byTenthOfMillis[i];
    }
    asked += other.asked;
    useful += other.useful;
    refused += other.refused;
  }

  /** Requests that were due. */
  synchronized long askedCount() {
    return asked;
  }

  /** The share of requests that were answered rightly and in time. */
  synchronized double usefulShare() {
    return asked == 0 ? 0 : (double) useful / asked;
  }

  /** Requests that were answered rightly and in time. */
  synchronized long useful() {
    return useful;
  }

  /** Requests that were refused with 503. */
  synchronized long refused() {
    return refused;
  }

  /** Requests that were given up, failed or not answered. */
  synchronized long unanswered() {
    return asked - Arrays.stream(byTenthOfMillis).sum() - refused;
  }

  /** The time that a share of the right answers took at most. */
  synchronized double percentileMillis(double share) {
    long all = Arrays.stream(byTenthOfMillis).sum();
    long seen = 0;
    for (int i = 0; i < byTenthOfMillis.length; i++) {
      seen += byTenthOfMillis[i];
      if (byTenthOfMillis[i] > 0 && seen >= share * all) {
        return i / 10.0;
      }
    }
    return Double.NaN;
  }
}
