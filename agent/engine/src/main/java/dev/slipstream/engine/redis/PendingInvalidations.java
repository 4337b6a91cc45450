package dev.slipstream.engine.redis;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Invalidations that the server has not carried out yet, because it did not answer.
 *
 * <p>Each is numbered as it comes, so that of those that come while others are carried out none is
 * lost, and none of the others is carried out again. Over {@value #GREATEST_COUNT} tags, patterns
 * and keys they become one invalidation of everything. Thread-safe.
 */
final class PendingInvalidations {
  static final int GREATEST_COUNT = 4_000;

  private static final long NEVER = 0;

  private final Map<String, Long> tags = new LinkedHashMap<>();
  private final Map<String, Long> patterns = new LinkedHashMap<>();
  private final Map<String, Long> keys = new LinkedHashMap<>();
  private long everything = NEVER;
  private long last = NEVER;

  /**
   * What is to be invalidated.
   *
   * @param last the number of the last of them
   * @param everything whether all entries are; the others are empty then
   * @param keys what of entries has changed
   */
  record Batch(
      long last, boolean everything, List<String> tags, List<String> patterns, List<String> keys) {
    /** The patterns, which are one that matches all where everything is meant. */
    List<String> globs() {
      return everything ? List.of("*") : patterns;
    }

    /** Whether there are changes of keys at most. */
    boolean hasNoneButKeys() {
      return !everything && tags.isEmpty() && patterns.isEmpty();
    }

    boolean isEmpty() {
      return hasNoneButKeys() && keys.isEmpty();
    }
  }

  synchronized void add(Collection<String> moreTags, Collection<String> morePatterns) {
    last++;
    moreTags.forEach(tag -> tags.put(tag, last));
    morePatterns.forEach(pattern -> patterns.put(pattern, last));
    bound();
  }

  /** Adds entries whose keys are known, with all that is made of the same. */
  synchronized void addKeys(Collection<String> changed) {
    last++;
    changed.forEach(key -> keys.put(key, last));
    bound();
  }

  private void bound() {
    if (tags.size() + patterns.size() + keys.size() > GREATEST_COUNT) {
      addEverything();
    }
  }

  synchronized void addEverything() {
    last++;
    everything = last;
    tags.clear();
    patterns.clear();
    keys.clear();
  }

  /** All that are pending now. */
  synchronized Batch batch() {
    return everything == NEVER
        ? new Batch(
            last,
            false,
            List.copyOf(tags.keySet()),
            List.copyOf(patterns.keySet()),
            List.copyOf(keys.keySet()))
        : new Batch(last, true, List.of(), List.of(), List.of());
  }

  /** Notes that the server has carried a batch out. Returns whether nothing has come since. */
  synchronized boolean done(Batch batch) {
    if (everything <= batch.last()) {
      everything = NEVER;
    }
    tags.values().removeIf(number -> number <= batch.last());
    patterns.values().removeIf(number -> number <= batch.last());
    keys.values().removeIf(number -> number <= batch.last());
    return size() == 0;
  }

  synchronized int size() {
    return everything == NEVER ? tags.size() + patterns.size() + keys.size() : 1;
  }
}
