package dev.slipstream.config.jmx;

import java.util.Arrays;
import java.util.List;
import javax.management.openmbean.CompositeData;

/**
 * Entries that a search found.
 *
 * @param keys in order of their keys, as many as were asked for
 * @param complete false where a Redis did not answer, or was not looked through in 3 s: there may
 *     be more, also between these, and Redis may have some of which it says not
 */
public record KeyListing(List<EntrySummary> keys, boolean complete) {
  /** Copies the entries. */
  public KeyListing {
    keys = List.copyOf(keys);
  }

  /** What {@link #keys} is, under the name that JMX looks for, as is the following. */
  public List<EntrySummary> getKeys() {
    return keys;
  }

  /** See {@link #complete}. */
  public boolean isComplete() {
    return complete;
  }

  /** Rebuilds the record from what JMX sends. */
  public static KeyListing from(CompositeData data) {
    return new KeyListing(
        Arrays.stream((CompositeData[]) data.get("keys")).map(EntrySummary::from).toList(),
        (Boolean) data.get("complete"));
  }
}
