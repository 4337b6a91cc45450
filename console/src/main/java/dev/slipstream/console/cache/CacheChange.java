package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.config.jmx.InvalidationReport;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a change removed, as the API gives it. */
public final class CacheChange {
  private static final int SAMPLE = 20;

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

  /**
   * What an invalidation removed, or would remove.
   *
   * @param sample some of the keys; of a dry run alone
   * @param complete whether all was counted; what is removed is removed whole
   */
  public record Invalidated(
      boolean dryRun,
      long invalidatedEntries,
      InvalidationDetails details,
      @Nullable List<String> sample,
      boolean complete) {
    static Invalidated of(Invalidation what, List<InvalidationAnswer> answers) {
      List<InvalidationReport> reports = answers.stream().map(InvalidationAnswer::report).toList();
      boolean dry = what.dryRun();
      return new Invalidated(
          dry,
          dry
              ? InvalidationAnswer.found(answers)
              : CacheStatistics.sum(reports, InvalidationReport::entries),
          new InvalidationDetails(
              removed(answers, reports, dry, InvalidationReport::byTags),
              removed(answers, reports, dry, InvalidationReport::byPatterns),
              InvalidationAnswer.greatestEach(answers, InvalidationReport::byTag),
              InvalidationAnswer.greatestEach(answers, InvalidationReport::byPattern)),
          dry ? sample(reports) : null,
          reports.stream().allMatch(InvalidationReport::complete));
    }

    /** Each counts what it removed itself; but several may find the same. */
    private static long removed(
        List<InvalidationAnswer> answers,
        List<InvalidationReport> reports,
        boolean dry,
        ToLongFunction<InvalidationReport> count) {
      return dry
          ? InvalidationAnswer.greatest(answers, count)
          : CacheStatistics.sum(reports, count);
    }

    private static List<String> sample(List<InvalidationReport> results) {
      return results.stream()
          .flatMap(result -> result.sample().stream())
          .distinct()
          .sorted()
          .limit(SAMPLE)
          .toList();
    }
  }

  /**
   * An entry found both by tag and by pattern counts in each.
   *
   * @param byPatterns those that a pattern matches or a key names
   */
  public record InvalidationDetails(
      long byTags, long byPatterns, Map<String, Long> tags, Map<String, Long> patterns) {}
}
