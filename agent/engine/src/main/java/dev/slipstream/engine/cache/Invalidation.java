package dev.slipstream.engine.cache;

import dev.slipstream.engine.redis.RedisTier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What is to be removed: entries with any of the tags, with all tags of a set, or whose key any of
 * the patterns matches.
 *
 * @param tags the tags
 * @param together sets of tags that an entry has to have all of
 * @param patterns the patterns
 */
public record Invalidation(
    Set<String> tags, List<Set<String>> together, List<KeyPattern> patterns) {
  /** Removes everything. */
  public static final Invalidation EVERYTHING = of(Set.of(), List.of("*"));

  public Invalidation {
    tags = Set.copyOf(tags);
    together = together.stream().map(Set::copyOf).toList();
    patterns = List.copyOf(patterns);
  }

  /** An invalidation by tags and globs, or {@link RedisTier#together} in their place. */
  public static Invalidation of(Collection<String> tags, Collection<String> globs) {
    List<Set<String>> together = new ArrayList<>();
    List<KeyPattern> patterns = new ArrayList<>();
    for (String glob : globs) {
      List<String> all = RedisTier.tagsOf(glob);
      if (all.isEmpty()) {
        patterns.add(new KeyPattern(glob));
      } else {
        together.add(Set.copyOf(all));
      }
    }
    return new Invalidation(Set.copyOf(tags), together, patterns);
  }

  /** One of entries that have all of the tags, or that a glob matches. */
  public static Invalidation ofAll(Collection<String> tags, Collection<String> globs) {
    return new Invalidation(
        Set.of(),
        tags.isEmpty() ? List.of() : List.of(Set.copyOf(tags)),
        globs.stream().map(KeyPattern::new).toList());
  }

  /** The patterns as written, and what stands for tags together. */
  List<String> globs() {
    List<String> globs = new ArrayList<>(patterns.stream().map(KeyPattern::glob).toList());
    together.forEach(all -> globs.add(RedisTier.together(all.stream().sorted().toList())));
    return globs;
  }

  // Without streams: asked of each entry, by the million.

  /** Whether tags alone mean the entry that has these. */
  boolean hasTagOf(Collection<String> tagsOfEntry) {
    if (!tags.isEmpty()) {
      for (String tag : tagsOfEntry) {
        if (tags.contains(tag)) {
          return true;
        }
      }
    }
    for (Set<String> all : together) {
      if (tagsOfEntry.containsAll(all)) {
        return true;
      }
    }
    return false;
  }

  /** What {@link TagBits} of an entry has some of where tags alone mean it. */
  int tagBits() {
    int bits = TagBits.of(tags);
    for (Set<String> all : together) {
      bits |= all.isEmpty() ? TagBits.ANY : TagBits.of(all);
    }
    return bits;
  }

  boolean matches(String key) {
    for (KeyPattern pattern : patterns) {
      if (pattern.matches(key)) {
        return true;
      }
    }
    return false;
  }

  boolean concerns(String key, Collection<String> tagsOfEntry) {
    return hasTagOf(tagsOfEntry) || matches(key);
  }

  /** Whether keys alone tell what is meant. */
  boolean isOfKeys() {
    return tags.isEmpty() && together.isEmpty();
  }
}
