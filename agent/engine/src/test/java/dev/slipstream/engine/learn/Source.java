package dev.slipstream.engine.learn;

import java.util.Arrays;
import java.util.Random;

/** An answer that changes at certain moments, in milliseconds. */
final class Source {
  private final long[] changes;

  private Source(long[] changes) {
    this.changes = changes;
  }

  /** How many times the answer has changed until then. */
  int version(long millis) {
    int found = Arrays.binarySearch(changes, millis);
    return found < 0 ? -found - 1 : found + 1;
  }

  static Source never() {
    return new Source(new long[0]);
  }

  /** Changes that know nothing of each other. */
  static Source poisson(Random random, double meanMillis, long until) {
    Moments moments = new Moments();
    for (double at = exponential(random, meanMillis);
        at < until;
        at += exponential(random, meanMillis)) {
      moments.add((long) at);
    }
    return moments.source();
  }

  /** Changes by the clock. */
  static Source periodic(Random random, long periodMillis, long until) {
    Moments moments = new Moments();
    for (long at = (long) (random.nextDouble() * periodMillis); at < until; at += periodMillis) {
      moments.add(at);
    }
    return moments.source();
  }

  /** Times in which it changes often, and longer ones in which it does not. */
  static Source bursty(
      Random random, double meanMillis, double burstMillis, double quietMillis, long until) {
    Moments moments = new Moments();
    double at = 0;
    while (at < until) {
      at += exponential(random, quietMillis);
      double end = at + exponential(random, burstMillis);
      while (at < end && at < until) {
        moments.add((long) at);
        at += exponential(random, meanMillis);
      }
    }
    return moments.source();
  }

  static double exponential(Random random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private static final class Moments {
    private long[] all = new long[64];
    private int count;

    private void add(long moment) {
      if (count == all.length) {
        all = Arrays.copyOf(all, 2 * count);
      }
      all[count++] = moment;
    }

    private Source source() {
      return new Source(Arrays.copyOf(all, count));
    }
  }
}
