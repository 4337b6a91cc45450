package dev.slipstream.engine.redis;

/**
 * What a look-up found.
 *
 * @param bytes what was stored; not copied
 * @param id the identity of the write that stored it
 * @param begunAtMillis when its making began, by this machine's clock, or somewhat later
 * @param confirmed whether the server said that it is valid; else this gateway knows of nothing
 *     that has come since it was begun
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RedisValue(byte[] bytes, long id, long begunAtMillis, boolean confirmed) {}
