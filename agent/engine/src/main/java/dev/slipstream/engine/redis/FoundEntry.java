package dev.slipstream.engine.redis;

import java.util.List;

/**
 * An entry of L2, as whoever looks through the tier finds it.
 *
 * @param key the whole key
 * @param tags its tags
 * @param begunAtMillis when its making began, by this machine's clock, or somewhat later
 * @param ttlMillis time until the server drops it, in milliseconds
 * @param bytes of its value as it is written there
 */
public record FoundEntry(
    String key, List<String> tags, long begunAtMillis, long ttlMillis, long bytes) {
  /** Copies the tags. */
  public FoundEntry {
    tags = List.copyOf(tags);
  }
}
