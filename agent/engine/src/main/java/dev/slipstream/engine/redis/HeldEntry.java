package dev.slipstream.engine.redis;

import java.util.Collection;

/**
 * What L2 is told of an entry to be confirmed.
 *
 * @param key its whole key
 * @param id the identity of the write that stored it
 * @param begunAtMillis when its making began, by this machine's clock, or somewhat later
 * @param sinceMillis since when it may have been invalidated, by this machine's clock
 * @param tags its tags
 */
public record HeldEntry(
    String key, long id, long begunAtMillis, long sinceMillis, Collection<String> tags) {}
