package dev.slipstream.engine.cache;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What is to be removed: entries with any of the tags, or whose key any of the patterns matches.
 *
 * @param tags the tags
 * @param patterns the patterns
 */
public record Invalidation(Set<String> tags, List<KeyPattern> patterns) {
  /** Removes everything. */
  public static final Invalidation EVERYTHING = of(Set.of(), List.of("*"));

  public Invalidation {
    tags = Set.copyOf(tags);
    patterns = List.copyOf(patterns);
  }

  /** An invalidation by tags and globs. */
  public static Invalidation of(Collection<String> tags, Collection<String> globs) {
    return new Invalidation(Set.copyOf(tags), globs.stream().map(KeyPattern::new).toList());
  }

  /** The patterns as written. */
  List<String> globs() {
    return patterns.stream().map(KeyPattern::glob).toList();
  }

  boolean hasTagOf(Collection<String> tagsOfEntry) {
    return !tags.isEmpty() && tagsOfEntry.stream().anyMatch(tags::contains);
  }

  boolean matches(String key) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(key));
  }

  boolean concerns(String key, Collection<String> tagsOfEntry) {
    return hasTagOf(tagsOfEntry) || matches(key);
  }
}
