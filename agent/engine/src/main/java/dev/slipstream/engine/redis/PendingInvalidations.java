package dev.slipstream.engine.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Invalidations that the server has not carried out yet, because it did not answer.
 *
 * <p>Each is numbered as it comes, so that of those that come while others are carried out none is
 * lost, and none of the others is carried out again. Over {@value #GREATEST_COUNT} tags and
 * patterns they become one invalidation of everything. Thread-safe.
 */
final class PendingInvalidations {
  static final int GREATEST_COUNT = 4_000;

  private static final long NEVER = 0;

  private final Map<String, Long> tags = new LinkedHashMap<>();
  private final Map<String, Long> patterns = new LinkedHashMap<>();
  private long everything = NEVER;
  private long last = NEVER;

  /**
   * What is to be invalidated.
   *
   * @param last the number of the last of them
   * @param everything whether all entries are; tags and patterns are empty then
   */
  record Batch(long last, boolean everything, List<String> tags, List<String> patterns) {
    /** The patterns, which are one that matches all where everything is meant. */
    List<String> globs() {
      return everything ? List.of("*") : patterns;
    }

    boolean isEmpty() {
      return !everything && tags.isEmpty() && patterns.isEmpty();
    }
  }

  synchronized void add(Collection<String> moreTags, Collection<String> morePatterns) {
    last++;
    moreTags.forEach(tag -> tags.put(tag, last));
    morePatterns.forEach(pattern -> patterns.put(pattern, last));
    if (tags.size() + patterns.size() > GREATEST_COUNT) {
      addEverything();
    }
  }

  synchronized void addEverything() {
    last++;
    everything = last;
    tags.clear();
    patterns.clear();
  }

  /** All that are pending now. */
  synchronized Batch batch() {
    return everything == NEVER
        ? new Batch(last, false, new ArrayList<>(tags.keySet()), new ArrayList<>(patterns.keySet()))
        : new Batch(last, true, List.of(), List.of());
  }

  /** Notes that the server has carried a batch out. Returns whether nothing has come since. */
  synchronized boolean done(Batch batch) {
    if (everything <= batch.last()) {
      everything = NEVER;
    }
    tags.values().removeIf(number -> number <= batch.last());
    patterns.values().removeIf(number -> number <= batch.last());
    return size() == 0;
  }

  synchronized int size() {
    return everything == NEVER ? tags.size() + patterns.size() : 1;
  }
}
