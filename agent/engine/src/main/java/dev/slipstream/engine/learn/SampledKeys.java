package dev.slipstream.engine.learn;

/**
 * Some of an endpoint's keys, with all requests for them: what would be hits if answers were kept
 * for a time, for several times at once. Not thread-safe.
 *
 * <p>Keys are chosen by their hash, so that a key is sampled with each of its requests or with none
 * (as SHARDS does: Waldspurger et al., Efficient MRC Construction with SHARDS, FAST 2015). All keys
 * are as long as there are at most {@value #MOST_KEYS}; then half of them, and so on.
 */
final class SampledKeys {
  /** For how long answers are kept, in milliseconds. */
  static final long[] TTL_MILLIS = {
    1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 86_400_000
  };

  /** A request repeats another where that was so long ago at most. */
  static final long REPEAT_MILLIS = 60_000;

  private static final int MOST_KEYS = 128;
  private static final int SLOTS = 2 * MOST_KEYS;
  private static final int LEVELS = TTL_MILLIS.length;

  private final long[] keys = new long[SLOTS]; // 0 is none
  private final long[] lastMillis = new long[SLOTS];
  private final long[][] freshUntil = new long[SLOTS][];
  private final double[] hits = new double[LEVELS];
  private double repeats;
  private double requests;
  private int used;
  private int shift; // keys with so many zero bits at their end are sampled

  /** Whether requests for a key count. */
  boolean isSampled(long key) {
    return Long.numberOfTrailingZeros(key) >= shift;
  }

  /** A sampled key was asked for. */
  void add(long key, long now) {
    int slot = slot(key);
    requests++;
    if (keys[slot] == 0) {
      if (used == MOST_KEYS) {
        thin();
        if (!isSampled(key)) {
          return;
        }
        slot = slot(key);
      }
      used++;
      keys[slot] = key;
      freshUntil[slot] = new long[LEVELS];
    } else if (now - lastMillis[slot] <= REPEAT_MILLIS) {
      repeats++;
    }
    lastMillis[slot] = now;
    for (int level = 0; level < LEVELS; level++) {
      if (now < freshUntil[slot][level]) {
        hits[level]++;
      } else {
        freshUntil[slot][level] = now + TTL_MILLIS[level];
      }
    }
  }

  private int slot(long key) {
    int slot = (int) (key >>> 40) & (SLOTS - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  /** Keeps half of the keys. */
  private void thin() {
    long[] oldKeys = keys.clone();
    long[] oldMillis = lastMillis.clone();
    long[][] oldUntil = freshUntil.clone();
    while (used == MOST_KEYS && shift < Long.SIZE - 1) {
      shift++;
      java.util.Arrays.fill(keys, 0);
      used = 0;
      for (int old = 0; old < SLOTS; old++) {
        if (oldKeys[old] != 0 && isSampled(oldKeys[old])) {
          int slot = slot(oldKeys[old]);
          keys[slot] = oldKeys[old];
          lastMillis[slot] = oldMillis[old];
          freshUntil[slot] = oldUntil[old];
          used++;
        }
      }
    }
  }

  /** Makes what was asked for before count half. */
  void halve() {
    requests /= 2;
    repeats /= 2;
    for (int level = 0; level < LEVELS; level++) {
      hits[level] /= 2;
    }
  }

  /** Requests that count, in sum. */
  double requests() {
    return requests;
  }

  /** Of how many keys one is sampled. */
  long sampledOneIn() {
    return 1L << shift;
  }

  int keys() {
    return used;
  }

  /** The share of requests for something that was asked for shortly before. */
  double repeatShare() {
    return requests == 0 ? 0 : repeats / requests;
  }

  /** The share of requests that are hits if answers are kept so long; between two by their logs. */
  double hitShare(double ttlMillis) {
    if (requests == 0) {
      return 0;
    }
    int above = 0;
    while (above < LEVELS && TTL_MILLIS[above] < ttlMillis) {
      above++;
    }
    if (above == 0) {
      return hits[0] / requests * ttlMillis / TTL_MILLIS[0];
    }
    if (above == LEVELS) {
      return hits[LEVELS - 1] / requests;
    }
    double low = Math.log((double) TTL_MILLIS[above - 1]);
    double part = (Math.log(ttlMillis) - low) / (Math.log((double) TTL_MILLIS[above]) - low);
    return (hits[above - 1] + part * (hits[above] - hits[above - 1])) / requests;
  }
}
