package dev.slipstream.engine.learn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of each answer: a hash of it, when, and whether it had changed. For the
 * {@value #MOST_KEYS} that are used most, the longest keys for several. Thread-safe.
 */
final class KeyMemory {
  private static final int MOST_KEYS = 10_000;
  private static final int KEY_UNIT = 250;

  /**
   * What was last seen.
   *
   * @param hash of status and body
   * @param atMillis when the application was asked
   * @param run how often it was the same, up to then
   */
  record Seen(LearnedEndpoint endpoint, long hash, long atMillis, int run) {}

  private final Cache<String, Seen> seen =
      Caffeine.newBuilder()
          .maximumWeight(MOST_KEYS)
          .weigher((String key, Seen value) -> 1 + key.length() / KEY_UNIT)
          .executor(Runnable::run)
          .build();

  @Nullable Seen get(String key) {
    return seen.getIfPresent(key);
  }

  void put(String key, Seen value) {
    seen.put(key, value);
  }

  /** What was seen, and is forgotten now. */
  @Nullable Seen remove(String key) {
    return seen.asMap().remove(key);
  }
}
