package dev.slipstream.engine.cache;

import java.util.Collection;

/**
 * The latest invalidations in this process, so that what was made before one of them is neither
 * stored after it nor taken from L2, where it may live on for a moment. Thread-safe.
 *
 * <p>It holds {@value #CAPACITY}; an answer that is older than all of them counts as concerned.
 */
final class InvalidationLog {
  private static final int CAPACITY = 256;

  private final Timed[] ring = new Timed[CAPACITY];
  private long recorded;

  private record Timed(Invalidation invalidation, long millis) {}

  /** How many invalidations there have been. */
  synchronized long position() {
    return recorded;
  }

  synchronized void record(Invalidation invalidation, long nowMillis) {
    ring[(int) (recorded % CAPACITY)] = new Timed(invalidation, nowMillis);
    recorded++;
  }

  /** Whether an entry is concerned by one of the invalidations since a position. */
  synchronized boolean concernsSince(long position, String key, Collection<String> tags) {
    if (recorded - position > CAPACITY) {
      return true;
    }
    for (long i = position; i < recorded; i++) {
      if (ring[(int) (i % CAPACITY)].invalidation().concerns(key, tags)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an entry that was stored then is concerned by an invalidation that came later. */
  synchronized boolean concernsStoredAt(long millis, String key, Collection<String> tags) {
    long oldest = Math.max(0, recorded - CAPACITY);
    for (long i = recorded - 1; i >= oldest; i--) {
      Timed timed = ring[(int) (i % CAPACITY)];
      if (timed.millis() < millis) {
        return false;
      }
      if (timed.invalidation().concerns(key, tags)) {
        return true;
      }
    }
    return false;
  }
}
