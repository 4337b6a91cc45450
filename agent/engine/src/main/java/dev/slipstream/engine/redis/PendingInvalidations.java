package dev.slipstream.engine.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Invalidations that the server has not carried out yet, because it did not answer.
 *
 * <p>Over {@value #GREATEST_COUNT} tags and patterns they become one invalidation of everything.
 * Thread-safe.
 */
final class PendingInvalidations {
  static final int GREATEST_COUNT = 4_000;

  private final Set<String> tags = new LinkedHashSet<>();
  private final Set<String> patterns = new LinkedHashSet<>();
  private boolean everything;

  /**
   * What is to be invalidated.
   *
   * @param everything whether all entries are; tags and patterns are empty then
   */
  record Batch(boolean everything, List<String> tags, List<String> patterns) {
    /** The patterns, which are one that matches all where everything is meant. */
    List<String> globs() {
      return everything ? List.of("*") : patterns;
    }

    boolean isEmpty() {
      return !everything && tags.isEmpty() && patterns.isEmpty();
    }
  }

  synchronized void add(Collection<String> moreTags, Collection<String> morePatterns) {
    if (everything) {
      return;
    }
    tags.addAll(moreTags);
    patterns.addAll(morePatterns);
    if (tags.size() + patterns.size() > GREATEST_COUNT) {
      addEverything();
    }
  }

  synchronized void addEverything() {
    everything = true;
    tags.clear();
    patterns.clear();
  }

  /** All that are pending now. */
  synchronized Batch batch() {
    return new Batch(everything, new ArrayList<>(tags), new ArrayList<>(patterns));
  }

  /**
   * Notes that the server has carried a batch out. Returns false where more has come since: then
   * all of it is pending still.
   */
  synchronized boolean done(Batch batch) {
    if (everything != batch.everything()
        || tags.size() != batch.tags().size()
        || patterns.size() != batch.patterns().size()) {
      return false;
    }
    everything = false;
    tags.clear();
    patterns.clear();
    return true;
  }

  synchronized int size() {
    return everything ? 1 : tags.size() + patterns.size();
  }
}
