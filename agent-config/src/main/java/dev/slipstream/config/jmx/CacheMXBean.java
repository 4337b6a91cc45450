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
}
