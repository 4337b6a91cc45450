package dev.slipstream.engine.admit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The requests of an endpoint that are under way, by when they began. Thread-safe, without locks or
 * allocation.
 *
 * <p>They are counted in a ring of {@value #SLOTS} slots of 134 ms. One that is under way for
 * longer than the ring, 68 s, counts no more: it is a stream, or its end was not seen.
 */
final class InFlight {
  static final int SLOTS = 512;
  static final int SLOT_LOG2_NANOS = 27;

  private static final int COUNT_BITS = 24;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final long GENERATIONS = 1L << (Long.SIZE - 1 - COUNT_BITS);

  /** How many there are in all: behind the slots, with nothing beside it that others read. */
  private static final int COUNT = SLOTS + 8;

  // A slot is the number of its 134 ms since the origin, and how many began then.
  private final AtomicLongArray slots = new AtomicLongArray(COUNT + 8);
  private final long originNanos;

  InFlight(long originNanos) {
    this.originNanos = originNanos;
  }

  /** One begins. Returns how many there are with it. */
  int begin(long nowNanos) {
    long generation = generation(nowNanos);
    int slot = (int) (generation % SLOTS);
    while (true) {
      long was = slots.get(slot);
      long old = was >>> COUNT_BITS;
      if (old == generation) {
        if (slots.compareAndSet(slot, was, was + 1)) {
          return (int) slots.incrementAndGet(COUNT);
        }
      } else if (slots.compareAndSet(slot, was, generation << COUNT_BITS | 1)) {
        return (int) slots.addAndGet(COUNT, 1 - (was & COUNT_MASK));
      }
    }
  }

  /** One that began then ends. Returns false where it does not count any more. */
  boolean end(long startNanos) {
    long generation = generation(startNanos);
    int slot = (int) (generation % SLOTS);
    while (true) {
      long was = slots.get(slot);
      if (was >>> COUNT_BITS != generation || (was & COUNT_MASK) == 0) {
        return false;
      }
      if (slots.compareAndSet(slot, was, was - 1)) {
        slots.decrementAndGet(COUNT);
        return true;
      }
    }
  }

  /** How many are under way. */
  int count() {
    return (int) slots.get(COUNT);
  }

  /** Forgets those that are under way for too long. */
  void expire(long nowNanos) {
    long oldest = generation(nowNanos) - SLOTS + 1;
    for (int i = 0; i < SLOTS; i++) {
      long was = slots.get(i);
      int lost = (int) (was & COUNT_MASK);
      if (lost > 0 && was >>> COUNT_BITS < oldest && slots.compareAndSet(i, was, 0)) {
        slots.addAndGet(COUNT, -lost);
      }
    }
  }

  /** How many of those that began at or after a moment are older than so long. */
  int older(long nanos, long sinceNanos, long nowNanos) {
    long first = generation(sinceNanos);
    long before = nowNanos - nanos - originNanos < 0 ? 0 : generation(nowNanos - nanos);
    int older = 0;
    for (int i = 0; i < SLOTS; i++) {
      long was = slots.get(i);
      long generation = was >>> COUNT_BITS;
      if (generation >= first && generation < before) {
        older += (int) (was & COUNT_MASK);
      }
    }
    return older;
  }

  /** Takes the requests under way with the time that each is at least. */
  interface Ages {
    void take(long nanos, int count);
  }

  /** Tells how old those under way are. */
  void ages(long nowNanos, Ages ages) {
    long current = generation(nowNanos);
    for (int i = 0; i < SLOTS; i++) {
      long was = slots.get(i);
      int here = (int) (was & COUNT_MASK);
      if (here > 0) {
        long since = current - (was >>> COUNT_BITS) - 1;
        ages.take(Math.max(0, since) << SLOT_LOG2_NANOS, here);
      }
    }
  }

  private long generation(long nanos) {
    // What began before the guard was there began with it.
    return Math.max(0, nanos - originNanos) >> SLOT_LOG2_NANOS & GENERATIONS - 1;
  }
}
