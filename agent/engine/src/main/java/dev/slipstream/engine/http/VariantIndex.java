package dev.slipstream.engine.http;

import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.HeapBytes;
import java.util.List;

/**
 * What is kept under a URL whose responses vary: the names of the request fields that choose
 * between them (RFC 9111 §4.1) and the keys of the variants.
 *
 * @param names lower-case names in alphabetical order
 * @param variants the keys under which variants were stored, at most as many as the settings allow
 * @param begunAtMillis when the making of its first variant began: older ones belong to an index
 *     that was removed, and with it they were
 * @param storedAtMillis when the latest of them was stored
 * @param expiresAtMillis when the last of them expires
 */
record VariantIndex(
    List<String> names,
    List<String> variants,
    long begunAtMillis,
    long storedAtMillis,
    long expiresAtMillis)
    implements CacheEntry {

  VariantIndex {
    names = List.copyOf(names);
    variants = List.copyOf(variants);
  }

  /** None: an index without its variants answers nothing. */
  @Override
  public List<String> tags() {
    return List.of();
  }

  @Override
  public List<String> leadsTo() {
    return variants;
  }

  @Override
  public long weightBytes() {
    return 48 + HeapBytes.of(names) + HeapBytes.of(variants);
  }
}
