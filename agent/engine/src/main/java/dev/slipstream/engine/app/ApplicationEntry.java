package dev.slipstream.engine.app;

import dev.slipstream.engine.cache.CacheEntry;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of the application's under a key.
 *
 * <p>One that was stored here is the object itself; one that came from L2 is bytes until it is
 * first asked for, and then the same object for all who ask. Thread-safe.
 */
final class ApplicationEntry implements CacheEntry {
  private final List<String> tags;
  private final long storedAtMillis;
  private final long expiresAtMillis;
  private @Nullable Object value;
  private ValueForm.@Nullable Encoded encoded;

  /**
   * Makes an entry.
   *
   * @param value the object, or null where there are only bytes
   * @param encoded the value as bytes, or null where there are none
   */
  ApplicationEntry(
      @Nullable Object value,
      ValueForm.@Nullable Encoded encoded,
      List<String> tags,
      long storedAtMillis,
      long expiresAtMillis) {
    this.value = value;
    this.encoded = encoded;
    this.tags = List.copyOf(tags);
    this.storedAtMillis = storedAtMillis;
    this.expiresAtMillis = expiresAtMillis;
  }

  /** An entry without a value, which takes another's place in L2. */
  static ApplicationEntry nothing(long nowMillis, long expiresAtMillis) {
    return new ApplicationEntry(null, null, List.of(), nowMillis, expiresAtMillis);
  }

  /** The value; null where there is none, or none of the type asked for. */
  synchronized @Nullable Object value(@Nullable Type type, Json json) {
    if (value == null && encoded != null) {
      value = ValueForm.decode(encoded, type, json);
      encoded = value == null ? encoded : null;
    }
    return value == null || !Types.hold(value, type) ? null : value;
  }

  /** Whether there are bytes of it still. */
  synchronized boolean hasBytes() {
    return encoded != null;
  }

  /** The value as bytes, which are let go by this; null where there are none. */
  synchronized ValueForm.@Nullable Encoded takeEncoded() {
    ValueForm.Encoded taken = encoded;
    encoded = value == null ? encoded : null;
    return taken;
  }

  /** L1 counts these entries, and does not weigh them. */
  @Override
  public long weightBytes() {
    return 0;
  }

  @Override
  public long expiresAtMillis() {
    return expiresAtMillis;
  }

  @Override
  public long storedAtMillis() {
    return storedAtMillis;
  }

  @Override
  public List<String> tags() {
    return tags;
  }

  /** Nothing can confirm a value: it is gone. */
  @Override
  public CacheEntry madeStale(long nowMillis) {
    return nothing(nowMillis, nowMillis);
  }
}
