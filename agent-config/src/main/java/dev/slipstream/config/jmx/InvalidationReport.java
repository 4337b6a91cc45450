package dev.slipstream.config.jmx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * What an invalidation removed, or would remove. An entry with a tag and matched by a pattern
 * counts in each of {@code byTags} and {@code byPatterns}, and once in {@code entries}. The counts
 * of each tier, of each tag and of each pattern, and the sample, are of what was there just before.
 *
 * @param dryRun whether nothing was removed
 * @param entries distinct entries, in either tier
 * @param l1Entries entries in the memory of this gateway
 * @param l2Entries entries in Redis
 * @param byTags entries that tags mean
 * @param byPatterns entries that a pattern matches or a key names
 * @param byTag for each tag, how many entries have it
 * @param byPattern for each pattern and key, how many entries it matches
 * @param sample up to 20 of the keys
 * @param complete false where a Redis did not answer, which is made up for, or was not looked
 *     through in 3 s: the counts of each tier, tag and pattern lack it, and those of a dry run all
 */
public record InvalidationReport(
    boolean dryRun,
    long entries,
    long l1Entries,
    long l2Entries,
    long byTags,
    long byPatterns,
    Map<String, Long> byTag,
    Map<String, Long> byPattern,
    List<String> sample,
    boolean complete) {

  public InvalidationReport {
    byTag = Map.copyOf(byTag);
    byPattern = Map.copyOf(byPattern);
    sample = List.copyOf(sample);
  }

  /** What {@link #dryRun} is, under the name that JMX looks for. */
  public boolean isDryRun() {
    return dryRun;
  }

  /** What {@link #entries} is, under the name that JMX looks for. */
  public long getEntries() {
    return entries;
  }

  /** What {@link #l1Entries} is, under the name that JMX looks for. */
  public long getL1Entries() {
    return l1Entries;
  }

  /** What {@link #l2Entries} is, under the name that JMX looks for. */
  public long getL2Entries() {
    return l2Entries;
  }

  /** What {@link #byTags} is, under the name that JMX looks for. */
  public long getByTags() {
    return byTags;
  }

  /** What {@link #byPatterns} is, under the name that JMX looks for. */
  public long getByPatterns() {
    return byPatterns;
  }

  /** What {@link #byTag} is, under the name that JMX looks for. */
  public Map<String, Long> getByTag() {
    return byTag;
  }

  /** What {@link #byPattern} is, under the name that JMX looks for. */
  public Map<String, Long> getByPattern() {
    return byPattern;
  }

  /** What {@link #sample} is, under the name that JMX looks for. */
  public List<String> getSample() {
    return sample;
  }

  /** What {@link #complete} is, under the name that JMX looks for. */
  public boolean isComplete() {
    return complete;
  }

  /** Rebuilds the record from what JMX sends. */
  public static InvalidationReport from(CompositeData data) {
    return new InvalidationReport(
        (Boolean) data.get("dryRun"),
        (Long) data.get("entries"),
        (Long) data.get("l1Entries"),
        (Long) data.get("l2Entries"),
        (Long) data.get("byTags"),
        (Long) data.get("byPatterns"),
        counts((TabularData) data.get("byTag")),
        counts((TabularData) data.get("byPattern")),
        Arrays.asList((String[]) data.get("sample")),
        (Boolean) data.get("complete"));
  }

  private static Map<String, Long> counts(TabularData table) {
    Map<String, Long> counts = new TreeMap<>();
    for (Object row : table.values()) {
      CompositeData entry = (CompositeData) row;
      counts.put((String) entry.get("key"), (Long) entry.get("value"));
    }
    return counts;
  }
}
