package dev.slipstream.console.cache;

import java.util.List;

/**
 * What to invalidate.
 *
 * @param tags entries with these
 * @param patterns entries whose key any of these globs matches
 * @param keys entries under these keys
 * @param match {@code any} or {@code all} of the tags
 * @param level {@code l1}, {@code l2} or {@code all}
 * @param soft whether entries are made stale and not removed
 * @param dryRun whether they are counted and nothing else
 * @param reason why, for the gateway's log; may be empty
 */
public record Invalidation(
    List<String> tags,
    List<String> patterns,
    List<String> keys,
    String match,
    String level,
    boolean soft,
    boolean dryRun,
    String reason) {
  /** Copies the lists. */
  public Invalidation {
    tags = List.copyOf(tags);
    patterns = List.copyOf(patterns);
    keys = List.copyOf(keys);
  }
}
