package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.EntryReport;
import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.config.jmx.KeyListing;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import dev.slipstream.console.targets.Question;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Reply;
import java.util.List;
import java.util.Optional;

/** Reads and changes the caches of gateways, all of them at the same time. */
public final class Caches {
  /** What a gateway has to answer to be up: all that its statistics are made of. */
  public static final Question<?> LOOK = CacheReading::from;

  private Caches() {}

  /** Their statistics. */
  public static Gathered<CacheStats> statistics(List<Gateway> gateways) {
    return Gathered.reading(gateways, CacheReading::from, CacheStats::of);
  }

  /** All there is to know of them. */
  public static Gathered<CacheDetails> details(List<Gateway> gateways) {
    return Gathered.reading(gateways, DetailsReading::from, CacheDetails::of);
  }

  /**
   * Their entries.
   *
   * @param pattern a glob over keys
   * @param limit the most that are listed
   */
  public static Gathered<CacheKeys> keys(
      List<Gateway> gateways, String pattern, Flush.Level level, int limit) {
    List<Reply<KeyListing>> replies =
        Replies.of(
            gateways,
            gateway ->
                gateway.search(
                    agent ->
                        agent
                            .operations(ObjectNames.CACHE, CacheMXBean.class)
                            .search(pattern, level.label(), limit)));
    return Gathered.named(replies, answers -> CacheKeys.of(answers, limit));
  }

  /** What they have stored under a key, each that has something. */
  public static Gathered<List<CacheEntry>> entries(List<Gateway> gateways, String key) {
    List<Reply<Optional<EntryReport>>> replies =
        Replies.of(
            gateways,
            gateway ->
                gateway.read(
                    agent ->
                        Optional.ofNullable(
                            agent.operations(ObjectNames.CACHE, CacheMXBean.class).inspect(key))));
    return Gathered.named(
        replies,
        answers ->
            answers.stream()
                .flatMap(
                    answer ->
                        answer.value().stream()
                            .map(report -> CacheEntry.of(answer.target(), report)))
                .toList());
  }

  /** Removes by tier and pattern. */
  public static Gathered<CacheChange.Flushed> flush(List<Gateway> gateways, Flush flush) {
    String pattern = flush.pattern();
    List<Reply<FlushResult>> replies =
        Replies.of(
            gateways,
            gateway ->
                gateway.change(
                    agent ->
                        agent
                            .operations(ObjectNames.CACHE, CacheMXBean.class)
                            .flush(flush.level().label(), pattern == null ? "" : pattern)));
    return Gathered.of(replies, results -> CacheChange.Flushed.of(flush, results));
  }

  /** Removes, makes stale or counts by tag, pattern and key. */
  public static Gathered<CacheChange.Invalidated> invalidate(
      List<Gateway> gateways, Invalidation what) {
    List<Reply<InvalidationAnswer>> replies =
        Replies.of(
            gateways, gateway -> gateway.change(agent -> InvalidationAnswer.from(agent, what)));
    return Gathered.of(replies, results -> CacheChange.Invalidated.of(what, results));
  }
}
