package dev.slipstream.engine.http;

import dev.slipstream.engine.cache.CacheEntry;
import java.util.List;
import java.util.Objects;

/**
 * A response as the cache keeps it.
 *
 * <p>The body is never copied nor changed after it was stored. Times are milliseconds since 1970,
 * durations milliseconds.
 *
 * @param status the status code
 * @param fields what the application set in place of what was there; without Date, Age,
 *     Content-Length, Cache-Status and the fields of one connection
 * @param appended what it added to fields that a filter had set, likewise
 * @param body as it was sent, before any filter around the servlet changed it
 * @param lengthStated whether the application stated the body's length itself
 * @param explicitlyShared whether the response may answer requests with credentials (RFC 9111 §3.5)
 * @param dateMillis when the response was made: its Date field
 * @param initialAgeMillis its age when it was stored (RFC 9111 §4.2.3)
 * @param storedAtMillis when it was stored
 * @param lifetimeMillis for how long it is fresh, counted from when it was made
 * @param tags by which it is invalidated
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing, and copied never
public record StoredResponse(
    int status,
    Fields fields,
    Fields appended,
    byte[] body,
    boolean lengthStated,
    boolean explicitlyShared,
    long dateMillis,
    long initialAgeMillis,
    long storedAtMillis,
    long lifetimeMillis,
    List<String> tags)
    implements CacheEntry {

  public StoredResponse {
    Objects.requireNonNull(fields);
    Objects.requireNonNull(appended);
    Objects.requireNonNull(body);
    tags = List.copyOf(tags);
    if (initialAgeMillis < 0 || lifetimeMillis <= 0) {
      throw new IllegalArgumentException("age " + initialAgeMillis + ", life " + lifetimeMillis);
    }
  }

  /** How old the response is: current_age of RFC 9111 §4.2.3. */
  long ageMillis(long nowMillis) {
    return initialAgeMillis + Math.max(0, nowMillis - storedAtMillis);
  }

  @Override
  public long expiresAtMillis() {
    return storedAtMillis + lifetimeMillis - initialAgeMillis;
  }

  @Override
  public long weightBytes() {
    return 128
        + 16
        + body.length
        + fields.weightBytes()
        + appended.weightBytes()
        + 48L * tags.size();
  }
}
