package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.EntryReport;
import dev.slipstream.config.jmx.EntrySummary;
import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.config.jmx.InvalidationReport;
import dev.slipstream.config.jmx.InvalidationResult;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.Inspected;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.KeyPattern;
import dev.slipstream.engine.cache.Listing;
import dev.slipstream.engine.cache.Removed;
import dev.slipstream.engine.cache.Survey;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.http.Inspection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Both tiers, for JMX. */
final class CacheMBean implements CacheMXBean {
  private static final int MOST_LISTED = 10_000;
  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(3);

  private final TieredCache cache;
  private final Inspection inspection;
  private final AgentLog log;
  private final InstantSource clock;

  CacheMBean(TieredCache cache, Inspection inspection, AgentLog log, InstantSource clock) {
    this.cache = cache;
    this.inspection = inspection;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public long getTotalOperations() {
    return getHits() + getMisses() + getSets() + getDeletes();
  }

  @Override
  public long getHits() {
    return cache.hits();
  }

  @Override
  public long getMisses() {
    return cache.misses();
  }

  @Override
  public @Nullable Double getHitRatio() {
    return Ratio.of(getHits(), getMisses());
  }

  @Override
  public long getSets() {
    return cache.sets();
  }

  @Override
  public long getDeletes() {
    return cache.deletes();
  }

  @Override
  public List<EntrySummary> search(@Nullable String pattern, String level, int limit) {
    boolean l1 = level.equals("l1") || level.equals("all");
    boolean l2 = level.equals("l2") || level.equals("all");
    requireLevel(level, l1 || l2);
    if (limit < 1 || limit > MOST_LISTED) {
      throw new IllegalArgumentException("limit " + limit + "; accepted: 1 to " + MOST_LISTED);
    }
    KeyPattern matched = pattern == null || pattern.isBlank() ? null : new KeyPattern(pattern);
    return cache.list(matched, l1, l2, limit, forAWhile()).stream().map(this::summary).toList();
  }

  private BooleanSupplier forAWhile() {
    long until = clock.millis() + LONGEST_SEARCH.toMillis();
    return () -> clock.millis() < until;
  }

  private EntrySummary summary(Listing listing) {
    long now = clock.millis();
    return new EntrySummary(
        listing.key(),
        listing.inMemory(),
        listing.inRedis(),
        Math.max(0, now - listing.storedAtMillis()),
        Math.max(0, listing.expiresAtMillis() - now),
        listing.bytes(),
        listing.tags());
  }

  @Override
  public @Nullable EntryReport inspect(String key) {
    Inspected inspected = cache.inspect(key);
    return inspected == null ? null : inspection.report(key, inspected);
  }

  private static void requireLevel(String level, boolean known) {
    if (!known) {
      throw new IllegalArgumentException("level \"" + level + "\"; accepted: l1, l2, all");
    }
  }

  @Override
  public FlushResult flush(String level, @Nullable String pattern) {
    boolean l1 = level.equals("l1") || level.equals("all");
    boolean l2 = level.equals("l2") || level.equals("all");
    requireLevel(level, l1 || l2);
    boolean everything = pattern == null || pattern.isBlank();
    Invalidation what =
        everything ? Invalidation.EVERYTHING : Invalidation.of(Set.of(), List.of(pattern));
    Coherence.Outcome removed =
        l1 && l2
            ? cache.flush(what)
            : new Coherence.Outcome(
                l1 ? cache.dropFromMemory(what) : Removed.NOTHING,
                l2 ? cache.invalidateRedis(what) : Removed.NOTHING);
    Removed fromL1 = removed.memory();
    Removed fromL2 = removed.redis();
    log.info(
        String.format(
            Locale.ROOT,
            "flush of %s (%s): %d entries of L1, %d of L2 removed",
            level,
            everything ? "everything" : pattern,
            fromL1.entries(),
            fromL2.entries()));
    return new FlushResult(fromL1.entries(), fromL2.entries());
  }

  @Override
  public InvalidationResult invalidate(List<String> tags, List<String> patterns, String reason) {
    return said(
        "invalidation", tags, patterns, reason, cache.invalidate(Invalidation.of(tags, patterns)));
  }

  @Override
  public InvalidationResult makeStale(List<String> tags, List<String> patterns, String reason) {
    return said(
        "soft purge", tags, patterns, reason, cache.makeStale(Invalidation.of(tags, patterns)));
  }

  @Override
  public InvalidationReport invalidateWith(
      List<String> tags,
      List<String> patterns,
      List<String> keys,
      String match,
      String level,
      boolean soft,
      boolean dryRun,
      String reason) {
    Selection selection = Selection.of(tags, patterns, keys, match, level, soft);
    Survey found = selection.survey(cache, forAWhile());
    Removed removed = dryRun ? Removed.NOTHING : selection.removeFrom(cache);
    InvalidationReport report = selection.report(found, removed, dryRun);
    log.info(
        String.format(
            Locale.ROOT,
            "%s%s of %s in %s (%s): %d entries",
            dryRun ? "dry run: " : "",
            soft ? "soft purge" : "invalidation",
            selection,
            level,
            reason,
            report.entries()));
    return report;
  }

  private InvalidationResult said(
      String what, List<String> tags, List<String> patterns, String reason, Removed removed) {
    log.info(
        String.format(
            Locale.ROOT,
            "%s of tags %s and patterns %s (%s): %d entries",
            what,
            tags,
            patterns,
            reason,
            removed.entries()));
    return new InvalidationResult(removed.entries(), removed.byTags(), removed.byPatterns());
  }
}
