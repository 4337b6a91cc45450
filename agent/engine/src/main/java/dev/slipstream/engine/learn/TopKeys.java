package dev.slipstream.engine.learn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are asked for most (Space-Saving: Metwally, Agrawal and El Abbadi, Efficient
 * Computation of Frequent and Top-k Elements in Data Streams, 2005): a key that is not among the
 * {@value #SLOTS} takes the place and the count of the rarest, which is then its error. Not
 * thread-safe.
 */
final class TopKeys {
  private static final int SLOTS = 64;
  private static final int TOP = 10;
  private static final int LEAST_KEYS = 10;
  private static final int LEAST_REQUESTS = 500;

  private final long[] keys = new long[SLOTS];
  private final long[] counts = new long[SLOTS];
  private final long[] errors = new long[SLOTS];
  private int used;
  private long total;

  /** A key was asked for. */
  void add(long key) {
    total++;
    for (int slot = 0; slot < used; slot++) {
      if (keys[slot] == key) {
        counts[slot]++;
        return;
      }
    }
    int slot = used < SLOTS ? used++ : rarest();
    errors[slot] = counts[slot];
    counts[slot]++;
    keys[slot] = key;
  }

  private int rarest() {
    int rarest = 0;
    for (int slot = 1; slot < SLOTS; slot++) {
      if (counts[slot] < counts[rarest]) {
        rarest = slot;
      }
    }
    return rarest;
  }

  /** Makes what was asked for before count half. */
  void halve() {
    total = 0;
    for (int slot = 0; slot < used; slot++) {
      counts[slot] /= 2;
      errors[slot] /= 2;
      total += counts[slot];
    }
  }

  /** The share of requests that are for the ten keys asked for most, at least; null where thin. */
  @Nullable Double topShare() {
    if (total < LEAST_REQUESTS) {
      return null;
    }
    long sum = 0;
    long[] sure = sure();
    for (int rank = 0; rank < Math.min(TOP, sure.length); rank++) {
      sum += sure[rank];
    }
    return (double) sum / total;
  }

  /**
   * The exponent s of a Zipf distribution: the key of rank r is asked for in proportion to r^−s. By
   * least squares of the logarithms, each rank as much as it was asked for; null where thin.
   */
  @Nullable Double zipf() {
    long[] sure = sure();
    int ranks = 0;
    while (ranks < sure.length && sure[ranks] >= 5) {
      ranks++;
    }
    if (total < LEAST_REQUESTS || ranks < LEAST_KEYS) {
      return null;
    }
    double weights = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int rank = 0; rank < ranks; rank++) {
      double weight = sure[rank];
      double logRank = Math.log(rank + 1);
      double logCount = Math.log((double) sure[rank]);
      weights += weight;
      x += weight * logRank;
      y += weight * logCount;
      xx += weight * logRank * logRank;
      xy += weight * logRank * logCount;
    }
    double spread = weights * xx - x * x;
    return Math.max(0, -(weights * xy - x * y) / spread);
  }

  /** Counts without what may be another key's, the greatest first. */
  private long[] sure() {
    long[] sure = new long[used];
    for (int slot = 0; slot < used; slot++) {
      sure[slot] = errors[slot] - counts[slot];
    }
    Arrays.sort(sure);
    for (int slot = 0; slot < used; slot++) {
      sure[slot] = -sure[slot];
    }
    return sure;
  }
}
