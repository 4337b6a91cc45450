package dev.slipstream.engine.cache;

import dev.slipstream.engine.redis.FoundEntry;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a list of them.
 *
 * @param key the whole key
 * @param inMemory whether an L1 of this process has it
 * @param inRedis whether L2 has it, where that was looked through
 * @param storedAtMillis when it was stored, in milliseconds since 1970; in L2 when its making began
 * @param expiresAtMillis when it is dropped, likewise
 * @param bytes what it takes in L1, else what it takes in L2 as it is written there
 * @param tags its tags
 */
public record Listing(
    String key,
    boolean inMemory,
    boolean inRedis,
    long storedAtMillis,
    long expiresAtMillis,
    long bytes,
    List<String> tags) {
  /** Copies the tags. */
  public Listing {
    tags = List.copyOf(tags);
  }

  private Listing alsoInRedis() {
    return new Listing(key, inMemory, true, storedAtMillis, expiresAtMillis, bytes, tags);
  }

  /** Collects the first entries in the order of their keys; for one thread. */
  static final class Collecting {
    private final @Nullable KeyPattern pattern;
    private final int limit;
    private final long nowMillis;
    private final TreeMap<String, Listing> first = new TreeMap<>();

    /**
     * Collects nothing yet.
     *
     * @param pattern which keys; null for all
     */
    Collecting(@Nullable KeyPattern pattern, int limit, long nowMillis) {
      this.pattern = pattern;
      this.limit = limit;
      this.nowMillis = nowMillis;
    }

    /** Whether an entry under such a key would be among them. */
    boolean wants(String key) {
      return (first.size() < limit || key.compareTo(first.lastKey()) <= 0)
          && (pattern == null || pattern.matches(key));
    }

    void inMemory(String key, CacheEntry entry) {
      if (wants(key) && entry.expiresAtMillis() > nowMillis) {
        add(
            new Listing(
                key,
                true,
                false,
                entry.storedAtMillis(),
                entry.expiresAtMillis(),
                entry.weightBytes(),
                entry.tags()));
      }
    }

    /** Takes an entry of L2, after those of L1. */
    void inRedis(FoundEntry found) {
      Listing held = first.get(found.key());
      if (held != null) {
        first.put(found.key(), held.alsoInRedis());
      } else if (wants(found.key())) {
        add(
            new Listing(
                found.key(),
                false,
                true,
                found.begunAtMillis(),
                nowMillis + found.ttlMillis(),
                found.bytes(),
                found.tags()));
      }
    }

    private void add(Listing listing) {
      first.put(listing.key(), listing);
      if (first.size() > limit) {
        first.pollLastEntry();
      }
    }

    List<Listing> inOrder() {
      return List.copyOf(first.values());
    }
  }
}
