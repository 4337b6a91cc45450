package dev.slipstream.engine.learn;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of each answer: a hash of it, when, and whether it had changed. Of {@value
 * #PLACES} keys, known by 64 bits of a hash, those that are seen again before those that are not.
 * Thread-safe.
 *
 * <p>A table of sets of {@value #WAYS} places, since each answer that is stored comes here, most
 * never to be seen again: a newcomer takes the place that was seen longest ago of those that have
 * no credit. A key has one more credit each time it is seen again, much as in CLOCK (Corbató,
 * 1968). Some newcomers take one from the key seen longest ago; where all have credit, each loses
 * one to the newcomer, which is not remembered. There is no object for a key, which the garbage
 * collector would have to copy and follow.
 */
final class KeyMemory {
  private static final int WAYS = 4;
  private static final int PLACES = 1 << 14;
  private static final int SETS = PLACES / WAYS;
  private static final int LOCKS = 64;
  private static final int MOST_CREDIT = 15;
  private static final int NEWCOMERS_FOR_A_CREDIT = 4;

  /**
   * What was last seen.
   *
   * @param hash of status and body
   * @param atMillis when the application was asked
   * @param run how often it was the same, up to then
   */
  record Seen(LearnedEndpoint endpoint, long hash, long atMillis, int run) {}

  private final long seed = new SecureRandom().nextLong(); // so that keys of clients do not meet
  private final long[] keys = new long[PLACES];
  private final long[] hashes = new long[PLACES];
  private final long[] times = new long[PLACES];
  private final int[] runs = new int[PLACES];
  private final byte[] credits = new byte[PLACES];
  private final @Nullable LearnedEndpoint[] endpoints = new LearnedEndpoint[PLACES]; // null: free
  private final Object[] locks = new Object[LOCKS];

  KeyMemory() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  @Nullable Seen get(String key) {
    long hash = hash(key);
    synchronized (lock(hash)) {
      return seen(find(hash));
    }
  }

  void put(String key, Seen value) {
    long hash = hash(key);
    synchronized (lock(hash)) {
      int place = find(hash);
      if (place >= 0) {
        credits[place] = (byte) Math.min(MOST_CREDIT, credits[place] + 1);
      } else {
        place = room(hash);
        if (place < 0) {
          return;
        }
        credits[place] = 0;
      }
      keys[place] = hash;
      hashes[place] = value.hash();
      times[place] = value.atMillis();
      runs[place] = value.run();
      endpoints[place] = value.endpoint();
    }
  }

  /** What was seen, and is forgotten now. */
  @Nullable Seen remove(String key) {
    long hash = hash(key);
    synchronized (lock(hash)) {
      int place = find(hash);
      Seen seen = seen(place);
      if (place >= 0) {
        endpoints[place] = null;
      }
      return seen;
    }
  }

  private @Nullable Seen seen(int place) {
    LearnedEndpoint endpoint = place < 0 ? null : endpoints[place];
    return endpoint == null ? null : new Seen(endpoint, hashes[place], times[place], runs[place]);
  }

  /** The place of a key; -1 where it has none. */
  private int find(long hash) {
    int first = first(hash);
    for (int place = first; place < first + WAYS; place++) {
      if (keys[place] == hash && endpoints[place] != null) {
        return place;
      }
    }
    return -1;
  }

  /** The place for a newcomer; -1 where all others have credit, which is less by that. */
  private int room(long hash) {
    int first = first(hash);
    int oldest = first;
    int poor = -1;
    for (int place = first; place < first + WAYS; place++) {
      if (endpoints[place] == null) {
        return place;
      }
      if (times[place] < times[oldest]) {
        oldest = place;
      }
      if (credits[place] == 0 && (poor < 0 || times[place] < times[poor])) {
        poor = place;
      }
    }
    if (poor < 0) {
      for (int place = first; place < first + WAYS; place++) {
        credits[place]--;
      }
    } else if (credits[oldest] > 0 && hash % NEWCOMERS_FOR_A_CREDIT == 0) {
      credits[oldest]--;
    }
    return poor;
  }

  private static int first(long hash) {
    return (int) (hash >>> 40) % SETS * WAYS;
  }

  private Object lock(long hash) {
    return locks[(int) (hash >>> 40) % LOCKS]; // of all keys of a set the same
  }

  private long hash(String key) {
    long hash = seed; // FNV-1a, mixed
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001B3L;
    }
    return BodyHash.mixed(hash);
  }
}
