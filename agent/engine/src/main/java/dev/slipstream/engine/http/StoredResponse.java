package dev.slipstream.engine.http;

import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.HeapBytes;
import dev.slipstream.engine.learn.Refetch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response as the cache keeps it.
 *
 * <p>The body is never copied nor changed after it was stored. Times are milliseconds since 1970,
 * durations milliseconds.
 *
 * @param status the status code; 206 where only a part of the body is stored
 * @param fields what the application set in place of what was there; without Date, Age,
 *     Content-Length, Content-Range, Cache-Status and the fields of one connection
 * @param appended what it added to fields that a filter had set, likewise
 * @param body as it was sent, before any filter around the servlet changed it
 * @param range which part of the representation the body is, or null for all of it
 * @param lengthStated whether the application stated the body's length itself
 * @param explicitlyShared whether the response may answer requests with credentials (RFC 9111 §3.5)
 * @param dateMillis when the response was made: its Date field
 * @param initialAgeMillis its age when it was stored (RFC 9111 §4.2.3)
 * @param storedAtMillis when it was stored
 * @param lifetime for how long it is fresh, counted from when it was made, and what then
 * @param tags by which it is invalidated
 * @param gzipped the body in gzip, for clients that accept it; null where only the body is sent
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing, and copied never
public record StoredResponse(
    int status,
    Fields fields,
    Fields appended,
    byte[] body,
    @Nullable ContentRange range,
    boolean lengthStated,
    boolean explicitlyShared,
    long dateMillis,
    long initialAgeMillis,
    long storedAtMillis,
    Lifetime lifetime,
    List<String> tags,
    byte @Nullable [] gzipped)
    implements CacheEntry {

  /** How long a stale response with a validator is kept at least, and at most. */
  private static final long SHORTEST_KEEP_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final long LONGEST_KEEP_MILLIS = Duration.ofDays(1).toMillis();

  private static final long RECORDS_BYTES = 72 + 40; // this one and its lifetime

  public StoredResponse {
    Objects.requireNonNull(fields);
    Objects.requireNonNull(appended);
    Objects.requireNonNull(body);
    Objects.requireNonNull(lifetime);
    tags = List.copyOf(tags);
    if (initialAgeMillis < 0 || lifetime.freshMillis() < 0) {
      throw new IllegalArgumentException("age " + initialAgeMillis + ", life " + lifetime);
    }
    if (range != null
        && (range.isUnsatisfied() || range.last() - range.first() + 1 != body.length)) {
      throw new IllegalArgumentException(body.length + " bytes of " + range.text());
    }
  }

  /** A response that is sent as it is stored. */
  StoredResponse(
      int status,
      Fields fields,
      Fields appended,
      byte[] body,
      @Nullable ContentRange range,
      boolean lengthStated,
      boolean explicitlyShared,
      long dateMillis,
      long initialAgeMillis,
      long storedAtMillis,
      Lifetime lifetime,
      List<String> tags) {
    this(
        status,
        fields,
        appended,
        body,
        range,
        lengthStated,
        explicitlyShared,
        dateMillis,
        initialAgeMillis,
        storedAtMillis,
        lifetime,
        tags,
        null);
  }

  /** Stale from now on: it may still be validated, or used as a stale one is. */
  @Override
  public StoredResponse madeStale(long nowMillis) {
    long age = ageMillis(nowMillis);
    return new StoredResponse(
        status,
        fields,
        appended,
        body,
        range,
        lengthStated,
        explicitlyShared,
        dateMillis,
        age,
        nowMillis,
        lifetime.atMost(age),
        tags,
        gzipped);
  }

  /** How old the response is: current_age of RFC 9111 §4.2.3. */
  long ageMillis(long nowMillis) {
    return initialAgeMillis + Math.max(0, nowMillis - storedAtMillis);
  }

  /** For how long the response stays fresh; negative once it is stale, by how long. */
  long remainingMillis(long nowMillis) {
    return lifetime.freshMillis() - ageMillis(nowMillis);
  }

  /** What is stored of the representation. */
  Part part() {
    return range == null ? Part.whole(body) : new Part(body, range.first(), range.completeLength());
  }

  /** This response with other bytes of its body. */
  StoredResponse withPart(Part part) {
    boolean whole = part.isComplete();
    ContentRange now =
        whole
            ? null
            : new ContentRange(
                part.first(), part.first() + part.bytes().length - 1, part.completeLength());
    return new StoredResponse(
        whole ? 200 : 206,
        fields,
        appended,
        part.bytes(),
        now,
        lengthStated,
        explicitlyShared,
        dateMillis,
        initialAgeMillis,
        storedAtMillis,
        lifetime,
        tags);
  }

  /** What another answer is compared with; null where a part is stored. */
  Refetch.@Nullable Before beforeRefetch() {
    return isWhole() ? new Refetch.Before(status, body, storedAtMillis) : null;
  }

  /** This response with its body in gzip, too. */
  StoredResponse withGzipped(byte @Nullable [] encoded) {
    return new StoredResponse(
        status,
        fields,
        appended,
        body,
        range,
        lengthStated,
        explicitlyShared,
        dateMillis,
        initialAgeMillis,
        storedAtMillis,
        lifetime,
        tags,
        encoded);
  }

  /** Whether all of the body is stored. */
  boolean isWhole() {
    return range == null;
  }

  /** The entity tag if it is strong, else null. */
  @Nullable String strongTag() {
    String etag = fields.first("ETag");
    return etag == null || etag.startsWith("W/") || etag.startsWith("w/") ? null : etag;
  }

  /**
   * When nothing can be done with it any more: it is stale, and not kept to be validated either.
   */
  @Override
  public long expiresAtMillis() {
    long keep = lifetime.longestStaleMillis();
    if (StoragePolicy.hasValidator(fields)) {
      long validated = Math.max(SHORTEST_KEEP_MILLIS, lifetime.freshMillis());
      keep = Math.max(keep, Math.min(LONGEST_KEEP_MILLIS, validated));
    }
    return storedAtMillis + lifetime.freshMillis() - initialAgeMillis + keep;
  }

  /** What is made of the fields of a response that is sent in two codings: the lines are shared. */
  private long formsBytes() {
    long lines = HeapBytes.ofReferences(2 * (fields.size() + 2));
    return 40 + 2 * (24 + lines);
  }

  @Override
  public long weightBytes() {
    return RECORDS_BYTES
        + HeapBytes.ofBytes(body.length)
        + (gzipped == null ? 0 : HeapBytes.ofBytes(gzipped.length) + formsBytes())
        + (range == null ? 0 : 40)
        + fields.weightBytes()
        + appended.weightBytes()
        + HeapBytes.of(tags);
  }
}
