package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.cache.TieredCache;
import org.jspecify.annotations.Nullable;

/**
 * What the cache found for a request.
 *
 * @param request the request
 * @param rule the operator's rule for it, or null
 * @param audience whose answer it may get
 * @param key the key of its URL
 * @param foundUnder the key of the variant that was looked for; {@code key} where none is known
 * @param stored what is stored for it, or null
 * @param conditions what the application makes of a conditional request for it
 * @param variantMissing whether the URL is known, but not with these request fields
 * @param begun a mark from before the first look-up; null where none was made
 */
public record Lookup(
    RequestView request,
    @Nullable CacheRule rule,
    Audience audience,
    String key,
    String foundUnder,
    @Nullable StoredResponse stored,
    ConditionHabits.Habit conditions,
    boolean variantMissing,
    TieredCache.@Nullable Mark begun) {

  /** One without a look-up. */
  Lookup(
      RequestView request,
      @Nullable CacheRule rule,
      Audience audience,
      String key,
      String foundUnder,
      @Nullable StoredResponse stored,
      ConditionHabits.Habit conditions,
      boolean variantMissing) {
    this(request, rule, audience, key, foundUnder, stored, conditions, variantMissing, null);
  }

  /** Whose answer a request may get. */
  public enum Audience {
    /** It says nothing of who is asking. */
    EVERYONE,
    /** It does, and a rule says that this does not matter. */
    ANYONE,
    /** It does, and the key is for that identity alone, as a rule asks for. */
    ONE,
    /** It does, and nothing says how to deal with that. */
    UNTOLD
  }

  /** Whether only what is marked as shared may answer, and be stored. */
  boolean isCredentialed() {
    return audience == Audience.UNTOLD;
  }

  /** Whether the key is for one identity. */
  boolean isPartitioned() {
    return audience == Audience.ONE;
  }
}
