package dev.slipstream.config.jmx;

import java.util.Arrays;
import java.util.List;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the cache, in a list of them.
 *
 * @param key the whole key
 * @param l1 whether L1 of this gateway has it
 * @param l2 whether L2 has it
 * @param ageMillis time since it was stored, in milliseconds; null where nothing says so
 * @param ttlMillis time until it is dropped, in milliseconds, when it may be stale long since; null
 *     where nothing says so
 * @param sizeBytes bytes it takes in L1, else bytes of it in L2 as it is written there; null where
 *     nothing says so
 * @param tags the tags it is invalidated by
 */
public record EntrySummary(
    String key,
    boolean l1,
    boolean l2,
    @Nullable Long ageMillis,
    @Nullable Long ttlMillis,
    @Nullable Long sizeBytes,
    List<String> tags) {
  /** Copies what it is made of. */
  public EntrySummary {
    tags = List.copyOf(tags);
  }

  /** What {@link #key} is, under the name that JMX looks for, as are the following. */
  public String getKey() {
    return key;
  }

  /** See {@link #l1}. */
  public boolean isL1() {
    return l1;
  }

  /** See {@link #l2}. */
  public boolean isL2() {
    return l2;
  }

  /** See {@link #ageMillis}. */
  public @Nullable Long getAgeMillis() {
    return ageMillis;
  }

  /** See {@link #ttlMillis}. */
  public @Nullable Long getTtlMillis() {
    return ttlMillis;
  }

  /** See {@link #sizeBytes}. */
  public @Nullable Long getSizeBytes() {
    return sizeBytes;
  }

  /** See {@link #tags}. */
  public List<String> getTags() {
    return tags;
  }

  /** Rebuilds the record from what JMX sends. */
  public static EntrySummary from(CompositeData data) {
    return new EntrySummary(
        (String) data.get("key"),
        (Boolean) data.get("l1"),
        (Boolean) data.get("l2"),
        (Long) data.get("ageMillis"),
        (Long) data.get("ttlMillis"),
        (Long) data.get("sizeBytes"),
        Arrays.asList((String[]) data.get("tags")));
  }
}
