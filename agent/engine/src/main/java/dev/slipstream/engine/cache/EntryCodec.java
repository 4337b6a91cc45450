package dev.slipstream.engine.cache;

import org.jspecify.annotations.Nullable;

/** Turns entries into bytes for a tier outside this process, and back. */
public interface EntryCodec {
  /** The entry as bytes. */
  byte[] encode(CacheEntry entry);

  /** The entry, or null where the bytes are damaged, hostile or of another version. */
  @Nullable CacheEntry decode(byte[] bytes);
}
