package dev.slipstream.engine.learn;

/**
 * The freshness lifetime that was learned for an answer, in place of its rule's {@code ttl}.
 *
 * @param freshMillis in milliseconds; 0 where the answer is not worth caching
 * @param whileRevalidateMillis for how long it is served stale while it is refreshed, where neither
 *     the rule nor the answer says, in milliseconds
 */
public record LearnedLifetime(long freshMillis, long whileRevalidateMillis) {}
