package dev.slipstream.engine.cache;

import org.jspecify.annotations.Nullable;

/** Turns entries into bytes for a tier outside this process, and back. */
public interface EntryCodec {
  /** The entry under a key as bytes; null where it is one that only this process can keep. */
  byte @Nullable [] encode(String key, CacheEntry entry);

  /** The entry, or null where the bytes are not what was written under this key, or unreadable. */
  @Nullable CacheEntry decode(String key, byte[] bytes);
}
