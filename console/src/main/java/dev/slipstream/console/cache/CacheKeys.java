package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.EntrySummary;
import dev.slipstream.config.jmx.KeyListing;
import dev.slipstream.console.targets.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries of some gateways, by key.
 *
 * @param truncated whether there are, or may be, more
 * @param complete whether every gateway looked through all that it and its Redis have; else there
 *     may be more between these
 */
public record CacheKeys(List<Key> keys, boolean truncated, boolean complete) {

  /**
   * An entry; its age, lifetime, size and tags are those of the first gateway that has it.
   *
   * @param targets the gateways that see it, in either tier
   * @param l1 whether the memory of one of them has it
   * @param l2 whether Redis has it
   * @param ttlMs time until it is dropped, in milliseconds
   */
  public record Key(
      String key,
      List<String> targets,
      boolean l1,
      boolean l2,
      @Nullable Long ageMs,
      @Nullable Long ttlMs,
      @Nullable Long sizeBytes,
      List<String> tags) {
    private static Key of(String target, EntrySummary entry) {
      return new Key(
          entry.key(),
          List.of(target),
          entry.l1(),
          entry.l2(),
          entry.ageMillis(),
          entry.ttlMillis(),
          entry.sizeBytes(),
          entry.tags());
    }

    private static Key both(Key first, Key second) {
      List<String> targets = new ArrayList<>(first.targets());
      targets.addAll(second.targets());
      return new Key(
          first.key(),
          List.copyOf(targets),
          first.l1() || second.l1(),
          first.l2() || second.l2(),
          first.ageMs(),
          first.ttlMs(),
          first.sizeBytes(),
          first.tags());
    }
  }

  static CacheKeys of(List<Reply.Answer<KeyListing>> answers, int limit) {
    Map<String, Key> byKey = new TreeMap<>();
    boolean truncated = false;
    boolean complete = true;
    for (Reply.Answer<KeyListing> answer : answers) {
      truncated |= answer.value().keys().size() >= limit || !answer.value().complete();
      complete &= answer.value().complete();
      answer
          .value()
          .keys()
          .forEach(entry -> byKey.merge(entry.key(), Key.of(answer.target(), entry), Key::both));
    }
    return new CacheKeys(
        byKey.values().stream().limit(limit).toList(), truncated || byKey.size() > limit, complete);
  }
}
