package dev.slipstream.console.cache;

import java.util.List;

/**
 * What to invalidate.
 *
 * @param tags entries with any of these
 * @param patterns entries whose key any of these globs matches
 * @param reason why, for the gateway's log; may be empty
 */
public record Invalidation(List<String> tags, List<String> patterns, String reason) {
  /** Copies the lists. */
  public Invalidation {
    tags = List.copyOf(tags);
    patterns = List.copyOf(patterns);
  }
}
