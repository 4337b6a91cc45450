package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;

/**
 * What an invalidation removed. An entry with a tag and matched by a pattern counts in each of
 * {@code byTags} and {@code byPatterns}, and once in {@code entries}.
 *
 * @param entries distinct entries removed, in either tier
 * @param byTags entries removed that had one of the tags
 * @param byPatterns entries removed that one of the patterns matched
 */
public record InvalidationResult(long entries, long byTags, long byPatterns) {
  /** What {@link #entries} is, under the name that JMX looks for. */
  public long getEntries() {
    return entries;
  }

  /** What {@link #byTags} is, under the name that JMX looks for. */
  public long getByTags() {
    return byTags;
  }

  /** What {@link #byPatterns} is, under the name that JMX looks for. */
  public long getByPatterns() {
    return byPatterns;
  }

  /** Rebuilds the record from what JMX sends. */
  public static InvalidationResult from(CompositeData data) {
    return new InvalidationResult(
        (Long) data.get("entries"), (Long) data.get("byTags"), (Long) data.get("byPatterns"));
  }
}
