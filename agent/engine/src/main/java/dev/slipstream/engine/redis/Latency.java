package dev.slipstream.engine.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How long operations took of late, each known to within a sixteenth. Thread-safe; noting one is an
 * addition.
 *
 * <p>Durations are counted in microseconds, in eight classes for each power of two. Two counts take
 * turns, a minute each, so that what is told is of the last one to two minutes.
 */
final class Latency {
  // Not HdrHistogram's Recorder: it would be loaded by the first request for this alone.
  private static final int CLASSES_LOG2 = 3;
  private static final int CLASSES = 1 << CLASSES_LOG2;
  private static final int LENGTH = 32 * CLASSES;
  private static final long TURN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private record Turn(long begunNanos, AtomicLongArray counts) {}

  private volatile @Nullable Turn current;
  private volatile @Nullable Turn before;

  /** Notes an operation that ended now. */
  void note(long nanos, long nowNanos) {
    turn(nowNanos).counts().incrementAndGet(index(nanos / 1_000));
  }

  private Turn turn(long nowNanos) {
    Turn turn = current;
    return turn != null && nowNanos - turn.begunNanos() < TURN_NANOS ? turn : next(nowNanos);
  }

  private synchronized Turn next(long nowNanos) {
    Turn turn = current;
    if (turn == null || nowNanos - turn.begunNanos() >= TURN_NANOS) {
      before = turn;
      turn = new Turn(nowNanos, new AtomicLongArray(LENGTH));
      current = turn;
    }
    return turn;
  }

  static int index(long micros) {
    if (micros < CLASSES) {
      return (int) Math.max(0, micros);
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - CLASSES_LOG2;
    return Math.min(LENGTH - 1, (shift + 1) * CLASSES + (int) (micros >> shift) - CLASSES);
  }

  /** The middle of a class, in microseconds. */
  static double middle(int index) {
    if (index < CLASSES) {
      return index + 0.5;
    }
    int shift = index / CLASSES - 1;
    return (CLASSES + index % CLASSES + 0.5) * (1L << shift);
  }

  /** What a share of the operations took at most, in milliseconds; null where there were none. */
  @Nullable Double percentileMillis(double share, long nowNanos) {
    long[] counts = new long[LENGTH];
    add(current, nowNanos, counts);
    add(before, nowNanos, counts);
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long seen = 0;
    for (int i = 0; i < LENGTH; i++) {
      seen += counts[i];
      if (counts[i] > 0 && seen >= share * all) {
        return middle(i) / 1_000;
      }
    }
    return null;
  }

  private static void add(@Nullable Turn turn, long nowNanos, long[] counts) {
    if (turn != null && nowNanos - turn.begunNanos() < 2 * TURN_NANOS) {
      for (int i = 0; i < LENGTH; i++) {
        counts[i] += turn.counts().get(i);
      }
    }
  }
}
