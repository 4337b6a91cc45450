package dev.slipstream.config.jmx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both tiers together: what they were asked and told, and what removes from them. */
@Description("The cache: both tiers together")
public interface CacheMXBean {
  @Description("Look-ups, stores and removals since the start")
  long getTotalOperations();

  @Description("Look-ups that found an entry in either tier, since the start")
  long getHits();

  @Description("Look-ups that found none in either tier, since the start")
  long getMisses();

  @Description("Look-ups that found an entry as a share of all, 0 to 1; absent before the first")
  @Nullable Double getHitRatio();

  @Description("Entries stored since the start")
  long getSets();

  @Description("Entries removed by invalidation or flush since the start")
  long getDeletes();

  /**
   * Removes everything, or what a pattern matches.
   *
   * @param level {@code l1}, {@code l2} or {@code all}
   * @param pattern a glob over keys; empty for everything
   * @throws IllegalArgumentException if the level is none of the three
   */
  @Description("Removes everything, or the entries whose key a pattern matches, from l1, l2 or all")
  FlushResult flush(String level, String pattern);

  /**
   * Removes what has one of the tags or what one of the patterns matches, from both tiers.
   *
   * @param reason why; goes to the log
   */
  @Description("Removes the entries with any of the tags or matched by any of the patterns")
  InvalidationResult invalidate(List<String> tags, List<String> patterns, String reason);

  /**
   * Makes stale what has one of the tags or what one of the patterns matches (soft purge): it is
   * confirmed before it is used again, and may answer while the application cannot.
   *
   * @param reason why; goes to the log
   */
  @Description("Makes the entries stale that have any of the tags or match any of the patterns")
  InvalidationResult makeStale(List<String> tags, List<String> patterns, String reason);

  /**
   * Removes, makes stale or counts entries, in either tier or both.
   *
   * @param tags entries with these
   * @param patterns and entries whose key any of these globs matches
   * @param keys and the entries under these keys
   * @param match {@code any}: entries with any of the tags; {@code all}: those with all of them
   * @param level {@code l1}: what this gateway holds is dropped, and what Redis has stays valid;
   *     {@code l2}: Redis alone; {@code all}: both, here and at the other gateways
   * @param soft whether they are made stale and not removed; of level {@code all} alone
   * @param dryRun whether they are counted, and nothing else
   * @param reason why; goes to the log
   * @throws IllegalArgumentException if one of them is not understood, or nothing is named
   */
  @Description(
      "Removes, makes stale or counts entries by tags (any or all), patterns and keys in l1, l2 or all")
  InvalidationReport invalidateWith(
      List<String> tags,
      List<String> patterns,
      List<String> keys,
      String match,
      String level,
      boolean soft,
      boolean dryRun,
      String reason);
}
