package dev.slipstream.engine.redis;

/**
 * What an invalidation removed from the shared tier. An entry that had one of the tags and was
 * matched by a pattern counts in each of {@code byTags} and {@code byPatterns}, and once in {@code
 * entries}.
 *
 * @param entries distinct entries removed
 * @param byTags entries removed that had one of the tags
 * @param byPatterns entries removed that one of the patterns matched
 * @param done false where a server did not answer: this process then uses nothing of what is there
 *     until it has caught up
 */
public record RemovalCount(long entries, long byTags, long byPatterns, boolean done) {
  static final RemovalCount NONE = new RemovalCount(0, 0, 0, true);
  static final RemovalCount NOT_DONE = new RemovalCount(0, 0, 0, false);

  RemovalCount plus(RemovalCount other) {
    return new RemovalCount(
        entries + other.entries,
        byTags + other.byTags,
        byPatterns + other.byPatterns,
        done && other.done);
  }
}
