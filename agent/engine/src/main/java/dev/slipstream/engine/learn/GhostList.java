package dev.slipstream.engine.learn;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What L1 had no room for, remembered without its content: a miss of it, while it would be fresh,
 * is a hit that a larger L1 would have brought. How much larger, is what else was evicted since (as
 * the stack distance says it of LRU: Mattson et al., Evaluation Techniques for Storage Hierarchies,
 * 1970). L1's own policy does better than LRU, so what is said here is at most what a larger one
 * brings.
 *
 * <p>Of the keys, one in {@value #SAMPLED_ONE_IN} is remembered, chosen by hash; a key may take
 * another one's place, which is then forgotten. Thread-safe enough for an estimate.
 */
final class GhostList {
  static final int SAMPLED_ONE_IN = 4;
  private static final int SLOTS = 1 << 14;
  private static final int LEAST_MISSES = 30;

  /** By how much L1 would be larger, in shares of it. */
  static final double[] LARGER_BY = {0.25, 0.5, 1, 2};

  private final LongAdder evictedBytes = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder[] within = new LongAdder[2 * Long.SIZE];
  private volatile long @Nullable [] table;

  GhostList() {
    for (int bin = 0; bin < within.length; bin++) {
      within[bin] = new LongAdder();
    }
  }

  void evicted(String key, long bytes, LongSupplier freshUntilMillis) {
    evictedBytes.add(bytes);
    long hash = BodyHash.mixed(key.hashCode());
    if (hash % SAMPLED_ONE_IN != 0) {
      return;
    }
    long[] ghosts = table();
    int slot = slot(hash);
    ghosts[slot] = hash;
    ghosts[slot + 1] = evictedBytes.sum();
    ghosts[slot + 2] = freshUntilMillis.getAsLong();
  }

  private long[] table() {
    long[] made = table;
    if (made == null) {
      synchronized (this) {
        made = table;
        if (made == null) {
          made = new long[SLOTS * 3];
          table = made;
        }
      }
    }
    return made;
  }

  private static int slot(long hash) {
    return (int) (hash >>> 20 & (SLOTS - 1)) * 3;
  }

  /** Nothing was found under a key. */
  void missed(String key, long now) {
    long[] ghosts = table;
    if (ghosts == null) {
      return;
    }
    long hash = BodyHash.mixed(key.hashCode());
    int slot = slot(hash);
    if (hash % SAMPLED_ONE_IN == 0 && ghosts[slot] == hash && hash != 0) {
      ghosts[slot] = 0;
      if (now < ghosts[slot + 2]) {
        missed.increment();
        within[bin(evictedBytes.sum() - ghosts[slot + 1])].increment();
      }
    }
  }

  /** Misses that the estimates are based on. */
  long samples() {
    return missed.sum();
  }

  /**
   * Hits since the start that so much more room in L1 would have brought; null where fewer than
   * {@value #LEAST_MISSES} misses tell.
   */
  @Nullable Long hitsWith(long moreBytes) {
    if (missed.sum() < LEAST_MISSES) {
      return null;
    }
    int bins = bin(moreBytes);
    long hits = 0;
    for (int bin = 0; bin < bins; bin++) {
      hits += within[bin].sum();
    }
    return hits * SAMPLED_ONE_IN;
  }

  /** Half an octave of bytes. */
  private static int bin(long bytes) {
    return bytes <= 1 ? 0 : (int) (2 * Math.log((double) bytes) / Math.log(2));
  }
}
