package dev.slipstream.engine.http;

import dev.slipstream.engine.cache.CacheEntry;
import java.util.List;

/**
 * What is kept under a URL whose responses vary: the names of the request fields that choose
 * between them (RFC 9111 §4.1) and the keys of the variants.
 *
 * @param names lower-case names in alphabetical order
 * @param variants the keys under which variants were stored, at most {@link #GREATEST_SIZE}
 * @param storedAtMillis when the latest of them was stored
 * @param expiresAtMillis when the last of them expires
 */
record VariantIndex(
    List<String> names, List<String> variants, long storedAtMillis, long expiresAtMillis)
    implements CacheEntry {

  /** How many variants a URL may have: further ones are not stored until others expire. */
  static final int GREATEST_SIZE = 64;

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
  public long weightBytes() {
    long weight = 96;
    for (String variant : variants) {
      weight += Fields.weightBytes(variant);
    }
    return weight;
  }
}
