package dev.slipstream.engine.cache;

import java.util.List;

/**
 * A list of entries.
 *
 * @param entries in the order of their keys
 * @param complete whether all of L2 was looked through, where that was asked for
 */
public record Listings(List<Listing> entries, boolean complete) {
  /** Copies the entries. */
  public Listings {
    entries = List.copyOf(entries);
  }
}
