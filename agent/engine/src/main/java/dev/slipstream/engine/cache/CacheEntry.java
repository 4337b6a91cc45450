package dev.slipstream.engine.cache;

import java.util.List;

/** What a tier keeps under a key; immutable. */
public interface CacheEntry {
  /** Bytes the entry takes in the heap, its key left out. */
  long weightBytes();

  /** When the entry expires, in milliseconds since 1970. */
  long expiresAtMillis();

  /** When the entry was stored, in milliseconds since 1970. */
  long storedAtMillis();

  /** The tags by which the entry is invalidated. */
  List<String> tags();

  /** The keys of entries that are of no use without this one. */
  default List<String> leadsTo() {
    return List.of();
  }

  /** This entry, to be confirmed before it is used again; itself where it answers nothing. */
  default CacheEntry madeStale(long nowMillis) {
    return this;
  }
}
