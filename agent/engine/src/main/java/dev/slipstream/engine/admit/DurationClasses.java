package dev.slipstream.engine.admit;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts durations in microseconds, in eight classes for each power of two: each is known to within
 * a sixteenth.
 */
final class DurationClasses {
  private static final int CLASSES_LOG2 = 3;
  private static final int CLASSES = 1 << CLASSES_LOG2;
  static final int LENGTH = 32 * CLASSES;

  private DurationClasses() {}

  /** The class of a duration in nanoseconds. */
  static int of(long nanos) {
    long micros = nanos / 1_000;
    if (micros < CLASSES) {
      return (int) Math.max(0, micros);
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - CLASSES_LOG2;
    return Math.min(LENGTH - 1, (shift + 1) * CLASSES + (int) (micros >> shift) - CLASSES);
  }

  /** The middle of a class, in milliseconds. */
  static double middleMillis(int index) {
    if (index < CLASSES) {
      return (index + 0.5) / 1_000;
    }
    int shift = index / CLASSES - 1;
    return (CLASSES + index % CLASSES + 0.5) * (1L << shift) / 1_000;
  }

  /** What a share of what was counted is at most, in milliseconds; of nothing, 0. */
  static double percentileMillis(int[] counts, double share) {
    long all = 0;
    for (int count : counts) {
      all += count;
    }
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (counts[i] > 0 && seen >= share * all) {
        return middleMillis(i);
      }
    }
    return 0;
  }

  /** The mean of what was counted, in milliseconds; of nothing, 0. */
  static double meanMillis(int[] counts) {
    long all = 0;
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      all += counts[i];
      sum += counts[i] * middleMillis(i);
    }
    return all == 0 ? 0 : sum / all;
  }

  /**
   * Adds what was counted since a moment to {@code added}, and moves the moment on. Returns how
   * much that was.
   *
   * @param total what was counted since the start, modulo 2^32
   * @param before what that was at the moment
   */
  static int since(AtomicIntegerArray total, int[] before, int[] added) {
    int all = 0;
    for (int i = 0; i < LENGTH; i++) {
      int now = total.get(i);
      int more = now - before[i];
      before[i] = now;
      added[i] += more;
      all += more;
    }
    return all;
  }
}
