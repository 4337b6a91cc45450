package dev.slipstream.engine.cache;

/** What a tier keeps under a key; immutable. */
public interface CacheEntry {
  /** Bytes the entry takes in the heap, its key left out. */
  long weightBytes();

  /** When the entry expires, in milliseconds since 1970. */
  long expiresAtMillis();
}
