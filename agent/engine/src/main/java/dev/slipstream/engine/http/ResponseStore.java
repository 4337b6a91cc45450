package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.TieredCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Responses under their keys in the tiers: a URL's response, or an index of its variants and these.
 * What was dropped stays dropped, though it is still under way in L2 or from the application.
 * Thread-safe.
 */
final class ResponseStore {
  /** For how long L2 remembers that an entry was dropped: longer than an answer takes. */
  private static final long FORGOTTEN_MILLIS = Duration.ofMinutes(5).toMillis();

  private final TieredCache cache;
  private final InstantSource clock;
  private final Executor background;
  private final HttpCacheCounters counters;
  private final RecentChanges changes;
  private final int mostVariants;
  private final boolean memoryOnly;

  /**
   * Makes a store.
   *
   * @param background runs what no request may wait for
   * @param memoryOnly whether what other gateways share is left as it is
   */
  ResponseStore(
      TieredCache cache,
      InstantSource clock,
      Executor background,
      HttpCacheCounters counters,
      int mostVariants,
      boolean memoryOnly) {
    this.cache = cache;
    this.clock = clock;
    this.background = background;
    this.counters = counters;
    this.changes = new RecentChanges(clock);
    this.mostVariants = mostVariants;
    this.memoryOnly = memoryOnly;
  }

  /** Looks up what is stored for a request under its URL's key. */
  Lookup find(
      RequestView request,
      @Nullable CacheRule rule,
      Lookup.Audience audience,
      String key,
      ConditionHabits.Habit conditions,
      TieredCache.Reader reader) {
    CacheEntry found = reader.get(key);
    String under = key;
    boolean varies = false;
    if (found instanceof VariantIndex index && !index.names().isEmpty()) {
      varies = true;
      under = CacheKeys.variant(key, index.names(), request);
      found = reader.get(under);
      if (found != null && found.storedAtMillis() < index.begunAtMillis()) {
        found = null;
      }
    }
    boolean valid = found instanceof StoredResponse && !changes.since(key, found.storedAtMillis());
    StoredResponse stored = valid ? (StoredResponse) found : null;
    return new Lookup(
        request, rule, audience, key, under, stored, conditions, varies, reader.begun());
  }

  /** The fields that choose between a URL's variants so far. */
  List<String> names(String key) {
    return cache.peek(key) instanceof VariantIndex index ? index.names() : List.of();
  }

  /**
   * Stores what was made of an answer. Returns whether it could be.
   *
   * @param names the fields that choose between the URL's answers
   */
  boolean store(Fill fill, List<String> names, StoredResponse response) {
    String key = fill.key();
    if (!names.isEmpty()) {
      String variant = CacheKeys.variant(key, names, fill.requestFields());
      Refusal refusal = index(fill, names, variant, response.expiresAtMillis());
      if (refusal != null) {
        counters.count(refusal);
        return false;
      }
      key = variant;
    }
    Observed observed = fill.observed();
    if (observed != null) {
      observed.stored(key);
    }
    if (!put(key, combined(key, response), fill.mark(), sharing(fill))) {
      counters.count(Refusal.INVALIDATED);
      return false;
    }
    counters.stored();
    return true;
  }

  private static TieredCache.Sharing sharing(Fill fill) {
    CacheRule rule = fill.rule();
    if (fill.observed() != null) {
      return TieredCache.Sharing.NONE;
    }
    return rule != null && rule.writtenThrough()
        ? TieredCache.Sharing.THROUGH
        : TieredCache.Sharing.BEHIND;
  }

  /** Stores a response under a key, unless that was changed since the mark. */
  boolean put(
      String key, StoredResponse response, TieredCache.Mark mark, TieredCache.Sharing sharing) {
    if (changes.since(key, mark.millis())
        || changes.forgottenSince(mark.millis(), clock.millis())
        || !cache.put(key, response, mark, sharing)) {
      return false;
    }
    if (changes.since(key, mark.millis())) {
      forget(key); // changed between the check and the put
      return false;
    }
    return true;
  }

  /** A part together with what is stored of the same representation (RFC 9111 §3.4). */
  private StoredResponse combined(String key, StoredResponse response) {
    String tag = response.strongTag();
    if (response.isWhole()
        || tag == null
        || !(cache.peek(key) instanceof StoredResponse before)
        || !tag.equals(before.strongTag())) {
      return response;
    }
    Part all = Part.union(before.part(), response.part());
    return all == null ? response : response.withPart(all);
  }

  /** Enters a variant in its URL's index. Returns why it could not be, or null. */
  private @Nullable Refusal index(
      Fill fill, List<String> names, String variant, long expiresAtMillis) {
    boolean[] full = {false};
    boolean valid =
        cache.update(
            fill.key(),
            fill.mark(),
            fill.observed() == null,
            previous -> {
              List<String> variants = new ArrayList<>();
              long expiry = expiresAtMillis;
              long begun = fill.mark().millis();
              if (previous instanceof VariantIndex old && old.names().equals(names)) {
                begun = old.begunAtMillis();
                expiry = Math.max(expiry, old.expiresAtMillis());
                variants.addAll(old.variants());
                if (variants.size() >= mostVariants) {
                  variants.removeIf(other -> !cache.isInMemory(other));
                }
              }
              if (!variants.contains(variant)) {
                if (variants.size() >= mostVariants) {
                  full[0] = true;
                  return previous;
                }
                variants.add(variant);
              }
              return new VariantIndex(names, variants, begun, fill.mark().millis(), expiry);
            });
    return !valid ? Refusal.INVALIDATED : full[0] ? Refusal.TOO_MANY_VARIANTS : null;
  }

  /** Whether what is stored was dropped since it was found, or may have been. */
  boolean isDroppedSince(
      TieredCache.@Nullable Mark found,
      String key,
      StoredResponse stored,
      long foundAtMillis,
      long nowMillis) {
    return (found != null && cache.isInvalidatedSince(found, key, stored))
        || cache.isInvalidated(key, stored)
        || changes.since(key, stored.storedAtMillis())
        || changes.forgottenSince(foundAtMillis, nowMillis);
  }

  /** Drops what is under a URL's key, which has changed. */
  void changed(String url, String key) {
    changes.changed(url, clock.millis());
    cache.tellInvalidated(key);
    forget(key);
  }

  /**
   * Drops what is under a key, and the variants it leads to with it. In L2 an index without
   * variants takes its place for a while, which no answer that was begun before replaces.
   */
  void forget(String key) {
    cache.dropAll(key); // the variants, too: a new index may come within a millisecond
    if (memoryOnly) {
      return; // what other gateways share stays as it is
    }
    TieredCache.Mark now = cache.mark();
    long until = now.millis() + FORGOTTEN_MILLIS;
    cache.replace(
        key, new VariantIndex(List.of(), List.of(), now.millis(), now.millis(), until), now);
  }

  /** Drops what an invalidation concerns: from L1 at once, from L2 on a thread of ours. */
  void invalidate(Invalidation invalidation) {
    if (memoryOnly) {
      cache.invalidateMemory(invalidation);
    } else {
      cache.invalidate(invalidation, background);
    }
  }
}
