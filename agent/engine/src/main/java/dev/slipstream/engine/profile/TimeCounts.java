package dev.slipstream.engine.profile;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * How often each time was recorded: HdrHistogram's buckets for one significant digit. Any thread
 * records, by one increment of a copy of its own as far as there are enough; one at a time reads.
 *
 * <p>Nothing is ever reset, so that nobody has to be kept from recording meanwhile, as
 * HdrHistogram's recorder does with two counters that all threads share: what is new is the
 * difference to what was there the last time. Counts may wrap around between two readings only.
 */
final class TimeCounts {
  /**
   * Up to here each value has a bucket of its own; from there on so many halves share a doubling.
   */
  private static final int EXACT = 32;

  private static final int HALF = EXACT / 2;

  /** The buckets of values below 2^27. */
  static final int BUCKETS = (27 - 5) * HALF + EXACT;

  /** Copies: enough that two threads at once have seldom the same, and 12 KB at most. */
  private static final int COPIES =
      Math.min(8, 2 * Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1));

  private final AtomicReferenceArray<@Nullable AtomicIntegerArray> copies =
      new AtomicReferenceArray<>(COPIES);
  private final int[] before = new int[BUCKETS];

  /** Counts a value, from 0 to 2^27 − 1. */
  void record(int value) {
    int copy = (int) Thread.currentThread().getId() & (COPIES - 1);
    AtomicIntegerArray counts = copies.get(copy);
    if (counts == null) {
      counts = make(copy);
    }
    counts.getAndIncrement(bucket(value));
  }

  private AtomicIntegerArray make(int copy) {
    AtomicIntegerArray made = new AtomicIntegerArray(BUCKETS);
    AtomicIntegerArray there = copies.compareAndExchange(copy, null, made);
    return there == null ? made : there;
  }

  /** Adds what was recorded since the last time to a histogram of the same buckets, or wider. */
  void moveTo(IntCountsHistogram histogram) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int now = 0;
      for (int copy = 0; copy < COPIES; copy++) {
        AtomicIntegerArray counts = copies.get(copy);
        now += counts == null ? 0 : counts.get(bucket);
      }
      int more = now - before[bucket];
      if (more != 0) {
        before[bucket] = now;
        histogram.recordValueWithCount(least(bucket), Integer.toUnsignedLong(more));
      }
    }
  }

  static int bucket(int value) {
    int shift = Math.max(0, Integer.SIZE - 5 - Integer.numberOfLeadingZeros(value));
    return shift * HALF + (value >> shift);
  }

  /** The least value of a bucket. */
  static int least(int bucket) {
    int shift = Math.max(0, bucket / HALF - 1);
    return (bucket - shift * HALF) << shift;
  }
}
