package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.config.jmx.InvalidationResult;
import java.util.List;

/** What a change removed, as the API gives it. */
public final class CacheChange {
  private CacheChange() {}

  /** What a flush removed. */
  public record Flushed(String message, FlushDetails details) {
    static Flushed of(Flush flush, List<FlushResult> results) {
      long l1 = CacheStatistics.sum(results, FlushResult::l1Entries);
      long l2 = CacheStatistics.sum(results, FlushResult::l2Keys);
      int gateways = results.size();
      return new Flushed(
          "flushed "
              + flush.describe()
              + " of "
              + gateways
              + (gateways == 1 ? " gateway" : " gateways"),
          new FlushDetails(l1, l2, l1 + l2));
    }
  }

  /** By tier: of a Redis that gateways share, each counts the keys that it removed itself. */
  public record FlushDetails(long l1EntriesCleared, long l2KeysCleared, long totalCleared) {}

  /** What an invalidation removed. */
  public record Invalidated(long invalidatedEntries, InvalidationDetails details) {
    static Invalidated of(List<InvalidationResult> results) {
      return new Invalidated(
          CacheStatistics.sum(results, InvalidationResult::entries),
          new InvalidationDetails(
              CacheStatistics.sum(results, InvalidationResult::byTags),
              CacheStatistics.sum(results, InvalidationResult::byPatterns)));
    }
  }

  /** An entry found both by tag and by pattern counts in each. */
  public record InvalidationDetails(long byTags, long byPatterns) {}
}
