package dev.slipstream.engine.learn;

/**
 * The freshness lifetime that was learned for an answer, in place of its rule's {@code ttl}.
 *
 * @param freshMillis in milliseconds; 0 where the answer is not worth caching
 */
public record LearnedLifetime(long freshMillis) {}
