package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.InvalidationReport;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.Removed;
import dev.slipstream.engine.cache.Survey;
import dev.slipstream.engine.cache.TieredCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Entries that an operator means, and in which tiers. */
final class Selection {
  private final Invalidation invalidation;
  private final boolean inMemory;
  private final boolean inRedis;
  private final boolean soft;
  private final String text;

  private Selection(
      Invalidation invalidation, boolean inMemory, boolean inRedis, boolean soft, String text) {
    this.invalidation = invalidation;
    this.inMemory = inMemory;
    this.inRedis = inRedis;
    this.soft = soft;
    this.text = text;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if something is not understood, or nothing is named
   */
  static Selection of(
      List<String> tags,
      List<String> patterns,
      List<String> keys,
      String match,
      String level,
      boolean soft) {
    boolean all = oneOf("match", match, "any", "all").equals("all");
    String tiers = oneOf("level", level, "l1", "l2", "all");
    require(!soft || tiers.equals("all"), "soft is of level \"all\" alone");
    require(
        !(tags.isEmpty() && patterns.isEmpty() && keys.isEmpty()),
        "no tag, pattern or key is named");
    List<String> globs = new ArrayList<>(patterns);
    for (String key : keys) {
      require(key.indexOf('*') < 0 && key.indexOf('?') < 0, "a key has no \"*\" or \"?\": " + key);
      globs.add(key);
    }
    for (List<String> texts : List.of(tags, globs)) {
      require(
          texts.stream().noneMatch(text -> text.isEmpty() || text.indexOf('\n') >= 0),
          "a tag, pattern or key is empty, or has a line break");
    }
    return new Selection(
        all ? Invalidation.ofAll(tags, globs) : Invalidation.of(tags, globs),
        !tiers.equals("l2"),
        !tiers.equals("l1"),
        soft,
        (all ? "all of tags " : "tags ") + tags + ", patterns " + patterns + ", keys " + keys);
  }

  private static String oneOf(String what, String text, String... accepted) {
    List<String> all = List.of(accepted);
    require(all.contains(text), what + " \"" + text + "\"; accepted: " + String.join(", ", all));
    return text;
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  Survey survey(TieredCache cache, BooleanSupplier goesOn) {
    return cache.survey(invalidation, inMemory, inRedis, goesOn);
  }

  Removed removeFrom(TieredCache cache) {
    if (soft) {
      return cache.makeStale(invalidation);
    }
    if (inMemory && inRedis) {
      return cache.invalidate(invalidation);
    }
    return inMemory ? cache.dropFromEveryMemory(invalidation) : cache.invalidateRedis(invalidation);
  }

  /** What was removed, or in a dry run what was found. */
  InvalidationReport report(Survey found, Removed removed, boolean dryRun) {
    return new InvalidationReport(
        dryRun,
        dryRun ? found.entries() : removed.entries(),
        found.memoryEntries(),
        found.redisEntries(),
        dryRun ? found.byTags() : removed.byTags(),
        dryRun ? found.byPatterns() : removed.byPatterns(),
        found.byTag(),
        found.byPattern(),
        found.sample(),
        found.complete());
  }

  @Override
  public String toString() {
    return text;
  }
}
