package dev.slipstream.engine.redis;

/**
 * An entry of L2 with its value, read for somebody who looks at it.
 *
 * @param found what is known of it
 * @param value as it is written there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReadEntry(FoundEntry found, byte[] value) {}
