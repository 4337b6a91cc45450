package dev.slipstream.engine.redis;

import java.util.Collection;

/**
 * What a cache of this process knows of invalidations by itself: its own, and those it heard of.
 */
public interface Hearsay {
  /**
   * Whether an entry is known not to have been invalidated, and what it is made of not to have
   * changed, since a position in the log of what was heard.
   *
   * @return false also where that is not known
   */
  boolean isUntouchedSince(long position, String key, Collection<String> tags);
}
