package dev.slipstream.config.jmx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both tiers together: what they were asked and told, and what removes from them. */
@Description("The cache: both tiers together")
public interface CacheMXBean {
  /** What a level may be. */
  String LEVELS = "Which tier: l1, l2 or all";

  /** What tags mean. */
  String TAGS = "Tags of entries";

  /** What patterns mean. */
  String PATTERNS = "Globs over keys";

  /** What a reason is for. */
  String REASON = "Why; goes to the log";

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
  @Impact(Impact.Kind.ACTION_INFO)
  FlushResult flush(
      @Description(name = "level", value = LEVELS) String level,
      @Description(name = "pattern", value = "A glob over keys; empty for everything")
          String pattern);

  /**
   * Removes what has one of the tags or what one of the patterns matches, from both tiers.
   *
   * @param reason why; goes to the log
   */
  @Description("Removes the entries with any of the tags or matched by any of the patterns")
  @Impact(Impact.Kind.ACTION_INFO)
  InvalidationResult invalidate(
      @Description(name = "tags", value = TAGS) List<String> tags,
      @Description(name = "patterns", value = PATTERNS) List<String> patterns,
      @Description(name = "reason", value = REASON) String reason);

  /**
   * Makes stale what has one of the tags or what one of the patterns matches (soft purge): it is
   * confirmed before it is used again, and may answer while the application cannot.
   *
   * @param reason why; goes to the log
   */
  @Description("Makes the entries stale that have any of the tags or match any of the patterns")
  @Impact(Impact.Kind.ACTION_INFO)
  InvalidationResult makeStale(
      @Description(name = "tags", value = TAGS) List<String> tags,
      @Description(name = "patterns", value = PATTERNS) List<String> patterns,
      @Description(name = "reason", value = REASON) String reason);

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
  @Impact(Impact.Kind.ACTION_INFO)
  InvalidationReport invalidateWith(
      @Description(name = "tags", value = TAGS) List<String> tags,
      @Description(name = "patterns", value = PATTERNS) List<String> patterns,
      @Description(name = "keys", value = "Whole keys") List<String> keys,
      @Description(name = "match", value = "any of the tags, or all of them") String match,
      @Description(name = "level", value = LEVELS) String level,
      @Description(name = "soft", value = "Whether entries become stale and are not removed")
          boolean soft,
      @Description(name = "dryRun", value = "Whether they are counted, and nothing else")
          boolean dryRun,
      @Description(name = "reason", value = REASON) String reason);

  /**
   * Lists entries by their keys, in order. It looks for no longer than 3 s: of a larger cache the
   * list has a part, and says so.
   *
   * @param pattern a glob over keys; empty for all
   * @param level {@code l1}, {@code l2} or {@code all}
   * @param limit the most entries, 1 to 10,000
   * @throws IllegalArgumentException if one of them is not understood
   */
  @Description("Lists the entries whose key a pattern matches, in order of their keys, for 3 s")
  @Impact(Impact.Kind.INFO)
  KeyListing search(
      @Description(name = "pattern", value = "A glob over keys; empty for all") String pattern,
      @Description(name = "level", value = LEVELS) String level,
      @Description(name = "limit", value = "The most entries listed, 1 to 10000") int limit);

  /**
   * What is stored under a key: of L1 where that has it, else of L2. Neither counts as a look-up.
   *
   * @param key the whole key
   * @return null where neither tier has it
   */
  @Description("What is stored under a key, secrets masked; absent where no tier has it")
  @Impact(Impact.Kind.INFO)
  @Nullable EntryReport inspect(
      @Description(name = "key", value = "The whole key, as a search lists it") String key);
}
