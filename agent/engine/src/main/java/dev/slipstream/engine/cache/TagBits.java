package dev.slipstream.engine.cache;

import java.util.Collection;

/**
 * A bit of 32 for each tag, by its hash: what has no bit in common has no tag in common, which is
 * found out without a look at the tags themselves.
 */
final class TagBits {
  /** Has a bit in common with everything, also with what has no tags. */
  static final int ANY = -1;

  private static final int ALWAYS = 1 << 31;

  private TagBits() {}

  /** The bits of tags; none for none. */
  static int of(Collection<String> tags) {
    int bits = 0;
    for (String tag : tags) {
      int hash = tag.hashCode() * 0x9E3779B9;
      bits |= 1 << ((hash >>> 27) % 31);
    }
    return bits;
  }

  /** The bits of an entry's tags. */
  static int ofEntry(Collection<String> tags) {
    return of(tags) | ALWAYS;
  }
}
