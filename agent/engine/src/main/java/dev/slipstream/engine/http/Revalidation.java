package dev.slipstream.engine.http;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.learn.LearnedLifetime;
import dev.slipstream.engine.learn.Learning;
import dev.slipstream.engine.learn.Refetch;
import dev.slipstream.engine.profile.Outcome;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a stored response that was asked about: the application confirms it, fails, or
 * tells of it by an answer to HEAD (RFC 9111 §4.3).
 */
final class Revalidation {
  private static final int UNAVAILABLE = 503;

  private final Admission admission;
  private final ResponseStore store;
  private final TieredCache cache;
  private final InstantSource clock;
  private final HttpCacheCounters counters;
  private final Learning learning;
  private final NamePatterns shapingFields;

  /**
   * Makes one.
   *
   * @param shapingFields request fields that choose between answers when they are read
   */
  Revalidation(
      Admission admission,
      ResponseStore store,
      TieredCache cache,
      InstantSource clock,
      HttpCacheCounters counters,
      Learning learning,
      NamePatterns shapingFields) {
    this.admission = admission;
    this.store = store;
    this.cache = cache;
    this.clock = clock;
    this.counters = counters;
    this.learning = learning;
    this.shapingFields = shapingFields;
  }

  /**
   * The answer in place of the application's 304: what is stored, with what the 304 says anew (RFC
   * 9111 §4.3.4). Null where it confirms not what is stored but what the client has.
   *
   * @param fill the copy that was begun, or null where the answer may not be stored
   * @param head the 304's
   * @param reads what the application looked at
   */
  Decision.@Nullable Serve confirmed(
      Decision.Fetch fetch, @Nullable Fill fill, ResponseHead head, ReadSet reads) {
    Validation validation = Objects.requireNonNull(fetch.validation());
    StoredResponse stored = validation.stored();
    String etag = head.fields().first("ETag");
    String other = etag == null || etag.equals(stored.fields().first("ETag")) ? null : etag;
    if (other != null && Preconditions.names(validation.client(), other)) {
      return null;
    }
    long now = clock.millis();
    if (other != null && !other.startsWith("W/")) {
      // It confirms what was asked about, but says it of another: nothing of it is taken over.
      counters.validated();
      long ttl = Math.floorDiv(stored.remainingMillis(now), 1000);
      return validated(fetch, stored, validation, now, ttl);
    }
    long requestedAt = fill == null ? validation.askedAtMillis() : fill.mark().millis();
    ResponseHead told = admission.told(stored, head);
    StoredResponse fresh =
        admission.freshened(
            stored,
            told,
            fill == null ? fetch.lookup().rule() : fill.rule(),
            unchanged(fetch.lookup(), stored, fill == null ? null : fill.refetch()),
            requestedAt,
            now);
    boolean forAll = isForAll(fetch, told, reads, requestedAt);
    if (fill != null) {
      fill.confirm(() -> putAnew(fetch.lookup(), fresh, forAll, fill.mark()));
    } else if (mayUpdate(fetch.lookup(), validation, now)) {
      putAnew(fetch.lookup(), fresh, forAll, begun(fetch.lookup()));
    }
    counters.validated();
    long ttl = Math.floorDiv(fresh.remainingMillis(now), 1000);
    return validated(fetch, fresh, validation, now, ttl);
  }

  private static Decision.Serve validated(
      Decision.Fetch fetch, StoredResponse stored, Validation validation, long now, long ttl) {
    String told = CacheStatus.validated(fetch.why(), ttl);
    return serve(stored, validation, now, told, Outcome.MISS_VALIDATED);
  }

  /** Learns that what is stored was confirmed. Returns its lifetime from now on, if learned. */
  private @Nullable LearnedLifetime unchanged(
      Lookup lookup, StoredResponse stored, @Nullable Refetch begun) {
    Refetch refetch = begun == null ? refetch(lookup) : begun;
    Refetch.Before before = stored.beforeRefetch();
    if (refetch != null && before != null) {
      refetch.confirmed(lookup.foundUnder(), before);
    }
    return refetch == null ? null : refetch.lifetime(stored.status());
  }

  private @Nullable Refetch refetch(Lookup lookup) {
    RequestView request = lookup.request();
    return lookup.isCredentialed()
        ? null
        : learning.refetch(request.method(), request.path(), lookup.rule());
  }

  /**
   * The stale answer in place of the application's error; null where there is none to give.
   *
   * @param status the error's status, 0 where the application threw or took too long
   */
  Decision.@Nullable Serve insteadOfError(Decision.Fetch fetch, int status) {
    long now = clock.millis();
    Validation validation = answering(fetch, status == 0 ? UNAVAILABLE : status, now);
    if (validation == null) {
      return null;
    }
    counters.answeredInsteadOfError();
    StoredResponse stored = validation.stored();
    long ttl = Math.floorDiv(stored.remainingMillis(now), 1000);
    String told = CacheStatus.insteadOfError(fetch.why(), status, ttl);
    return serve(stored, validation, now, told, Outcome.MISS_INSTEAD_OF_ERROR);
  }

  /**
   * The stale answer where the application is not to be asked: the one that would stand in for its
   * 503.
   */
  Decision.@Nullable Serve insteadOfAsking(Decision.Fetch fetch, String why) {
    long now = clock.millis();
    Validation validation = answering(fetch, UNAVAILABLE, now);
    if (validation == null) {
      return null;
    }
    StoredResponse stored = validation.stored();
    long ttl = Math.min(-1, Math.floorDiv(stored.remainingMillis(now), 1000));
    return serve(stored, validation, now, CacheStatus.staleHit(ttl, why), Outcome.REFUSED_STALE);
  }

  /** What stands by, where it may answer instead of such a status; else null. */
  private @Nullable Validation answering(Decision.Fetch fetch, int status, long nowMillis) {
    Validation validation = fetch.validation();
    return validation == null
            || !validation.answersInsteadOf(status, nowMillis)
            || (!validation.stored().isWhole() && validation.client().contains("Range"))
            || invalidatedMeanwhile(fetch.lookup(), validation, nowMillis)
        ? null
        : validation;
  }

  /** Whether an answer to HEAD may tell anew of what is stored for GET. */
  private boolean mayUpdate(Lookup lookup, Validation validation, long nowMillis) {
    return validation.method().equals("HEAD")
        && !CacheControl.parse(validation.client().all("Cache-Control")).has("no-store")
        && !invalidatedMeanwhile(lookup, validation, nowMillis);
  }

  private boolean invalidatedMeanwhile(Lookup lookup, Validation validation, long nowMillis) {
    return store.isDroppedSince(
        lookup.begun(),
        lookup.foundUnder(),
        validation.stored(),
        validation.askedAtMillis(),
        nowMillis);
  }

  /** What is stored anew was found then, and may have been invalidated since. */
  private TieredCache.Mark begun(Lookup lookup) {
    TieredCache.Mark begun = lookup.begun();
    return begun == null ? cache.mark() : begun;
  }

  private static Decision.Serve serve(
      StoredResponse stored, Validation validation, long now, String cacheStatus, Outcome outcome) {
    Content content = Content.of(validation.method(), validation.client(), stored, true, now);
    return new Decision.Serve(
        stored,
        content == null ? Content.WHOLE : content,
        stored.ageMillis(now) / 1000,
        Math.floorDiv(stored.remainingMillis(now), 1000),
        cacheStatus,
        null,
        outcome);
  }

  /**
   * Takes the answer to HEAD for what is stored for GET: it is freshened if the two agree, else
   * dropped (RFC 9111 §4.3.5).
   */
  void answeredHead(Decision.Fetch fetch, ResponseHead head, ReadSet reads) {
    Validation validation = fetch.validation();
    if (validation == null || head.status() != 200 || !validation.stored().isWhole()) {
      return;
    }
    Lookup lookup = fetch.lookup();
    long now = clock.millis();
    if (!mayUpdate(lookup, validation, now)) {
      return;
    }
    StoredResponse stored = validation.stored();
    if (stored.status() == 200
        && agree(stored, head.fields())
        && Admission.names(stored.fields(), "Vary")
            .equals(Admission.names(head.fields(), "Vary"))) {
      long asked = validation.askedAtMillis();
      ResponseHead told = admission.told(stored, head);
      putAnew(
          lookup,
          admission.freshened(
              stored, told, lookup.rule(), unchanged(lookup, stored, null), asked, now),
          isForAll(fetch, told, reads, asked),
          begun(lookup));
    } else {
      Refetch refetch = refetch(lookup);
      Refetch.Before before = stored.beforeRefetch();
      if (refetch != null && before != null) {
        refetch.changed(lookup.foundUnder(), before);
      }
      store.forget(lookup.foundUnder());
    }
  }

  /** Stores what was said anew of a response, or drops it where it may be stored no longer. */
  private boolean putAnew(
      Lookup lookup, StoredResponse fresh, boolean forAll, TieredCache.Mark mark) {
    if (forAll) {
      return store.put(lookup.foundUnder(), fresh, mark, TieredCache.Sharing.BEHIND);
    }
    store.forget(lookup.foundUnder());
    return false;
  }

  private static boolean agree(StoredResponse stored, Fields head) {
    String length = head.first("Content-Length");
    return agree(stored.fields().first("ETag"), head.first("ETag"))
        && agree(stored.fields().first("Last-Modified"), head.first("Last-Modified"))
        && (length == null || length.equals(Integer.toString(stored.body().length)));
  }

  private static boolean agree(@Nullable String stored, @Nullable String told) {
    return told == null || told.equals(stored);
  }

  /**
   * Whether what freshens a stored answer is said to all who get that answer: it would be stored
   * itself, and the fields that shaped it are those that choose the stored one. So an answer that
   * sets a cookie, which is its client's own, is not.
   */
  private boolean isForAll(
      Decision.Fetch fetch, ResponseHead told, ReadSet reads, long requestedAt) {
    Lookup lookup = fetch.lookup();
    CacheRule rule = lookup.rule();
    boolean apart = lookup.isPartitioned() || (rule != null && rule.ignoreCredentials());
    boolean identified = lookup.isCredentialed() || (reads.isIdentified() && !apart);
    if (admission.verdict(told, rule, null, identified, requestedAt, clock.millis()).refusal()
        != null) {
      return false;
    }
    Fields client = Objects.requireNonNull(fetch.validation()).client();
    Set<String> unchosen = reads.shaping(shapingFields, client);
    if (!unchosen.isEmpty()) {
      unchosen.removeAll(store.names(lookup.key()));
    }
    if (!unchosen.isEmpty() && rule != null) {
      rule.varyHeaders().forEach(name -> unchosen.remove(name.toLowerCase(Locale.ROOT)));
    }
    return unchosen.isEmpty();
  }
}
