package dev.slipstream.engine.cache;

/**
 * What an invalidation removed from one tier.
 *
 * @param entries distinct entries
 * @param byTags those that had one of the tags
 * @param byPatterns those that one of the patterns matched
 */
public record Removed(long entries, long byTags, long byPatterns) {
  /** Nothing. */
  public static final Removed NOTHING = new Removed(0, 0, 0);

  Removed plus(Removed other) {
    return new Removed(
        entries + other.entries, byTags + other.byTags, byPatterns + other.byPatterns);
  }

  Removed larger(Removed other) {
    return new Removed(
        Math.max(entries, other.entries),
        Math.max(byTags, other.byTags),
        Math.max(byPatterns, other.byPatterns));
  }
}
