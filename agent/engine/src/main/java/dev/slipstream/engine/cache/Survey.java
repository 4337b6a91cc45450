package dev.slipstream.engine.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an invalidation concerns now, in both tiers.
 *
 * @param entries distinct keys
 * @param memoryEntries of these, those in L1 of this process
 * @param redisEntries of these, those in L2
 * @param byTags those that tags mean
 * @param byPatterns those that patterns match
 * @param byTag for each tag that was named, how many have it
 * @param byPattern for each pattern, how many it matches
 * @param sample some of the keys
 * @param complete whether all of L2 was looked through, where there is one
 */
public record Survey(
    long entries,
    long memoryEntries,
    long redisEntries,
    long byTags,
    long byPatterns,
    Map<String, Long> byTag,
    Map<String, Long> byPattern,
    List<String> sample,
    boolean complete) {
  private static final int SAMPLE = 20;

  /** Keys that are remembered, since a walk may come to one twice. */
  private static final int REMEMBERED = 1_000_000;

  public Survey {
    byTag = Map.copyOf(byTag);
    byPattern = Map.copyOf(byPattern);
    sample = List.copyOf(sample);
  }

  /** Counts; for one thread. */
  static final class Counting {
    private final Invalidation invalidation;
    private final Map<String, List<String>> memory = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Long> byTag = new TreeMap<>();
    private final Map<String, Long> byPattern = new TreeMap<>();
    private final List<String> sample = new ArrayList<>();
    private long entries;
    private long memoryEntries;
    private long redisEntries;
    private long byTags;
    private long byPatterns;

    Counting(Invalidation invalidation) {
      this.invalidation = invalidation;
      invalidation.tags().forEach(tag -> byTag.put(tag, 0L));
      invalidation.together().forEach(all -> all.forEach(tag -> byTag.put(tag, 0L)));
      invalidation.patterns().forEach(pattern -> byPattern.put(pattern.glob(), 0L));
    }

    /** Takes what L1 has; before what L2 has. */
    void inMemory(Map<String, CacheEntry> concerned) {
      concerned.forEach((key, entry) -> memory.put(key, entry.tags()));
      memoryEntries = memory.size();
    }

    /** Takes an entry of L2, concerned or not. */
    void inRedis(String key, List<String> tags) {
      if (!invalidation.concerns(key, tags)) {
        return;
      }
      if (seen.size() < REMEMBERED && !seen.add(key)) {
        return;
      }
      redisEntries++;
      memory.remove(key);
      count(key, tags);
    }

    private void count(String key, Collection<String> tags) {
      entries++;
      byTags += invalidation.hasTagOf(tags) ? 1 : 0;
      byPatterns += invalidation.matches(key) ? 1 : 0;
      for (String tag : new HashSet<>(tags)) {
        byTag.computeIfPresent(tag, (same, count) -> count + 1);
      }
      for (KeyPattern pattern : new HashSet<>(invalidation.patterns())) {
        if (pattern.matches(key)) {
          byPattern.merge(pattern.glob(), 1L, Long::sum);
        }
      }
      if (sample.size() < SAMPLE) {
        sample.add(key);
      }
    }

    /** Everything counted. */
    Survey done(boolean complete) {
      memory.forEach(this::count);
      memory.clear();
      return new Survey(
          entries,
          memoryEntries,
          redisEntries,
          byTags,
          byPatterns,
          byTag,
          byPattern,
          sample.stream().sorted().toList(),
          complete);
    }
  }
}
