package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** May a stored response answer this request? (RFC 9111 §4 and §5.2.1) Pure. */
final class RequestPolicy {
  /** The most that {@code max-stale} without a value accepts, so that it can be added to. */
  private static final long ANY_STALENESS_MILLIS = Integer.MAX_VALUE * 1000L;

  private RequestPolicy() {}

  /** Why the cache takes no part in such a request, or null if it does. */
  static @Nullable Forward bypass(RequestView request) {
    if (!isStorable(request) && !request.method().equals("HEAD")) {
      return Forward.METHOD;
    }
    String upgrade = request.field("Upgrade");
    if (upgrade != null && !upgrade.equalsIgnoreCase("h2c")) { // h2c is a matter of the connection
      return Forward.UPGRADE;
    }
    if (request.bodyHash() == null && hasBody(request)) {
      return Forward.BODY;
    }
    if (request.field("If-Match") != null || request.field("If-Unmodified-Since") != null) {
      return Forward.PRECONDITION;
    }
    return null;
  }

  /** What to do with a request for which {@link #bypass} found no reason. */
  static Decision decide(Lookup lookup, long nowMillis) {
    return decide(lookup, nowMillis, EndpointTerms.Terms.USUAL);
  }

  /** The same where something else goes for the endpoint than usual. */
  static Decision decide(Lookup lookup, long nowMillis, EndpointTerms.Terms terms) {
    RequestView request = lookup.request();
    CacheControl wanted =
        request.field("Cache-Control") == null
            ? CacheControl.NONE
            : CacheControl.parse(request.all("Cache-Control"));
    CacheRule rule = lookup.rule();
    boolean store =
        isStorable(request)
            && terms.stored()
            && !wanted.has("no-store")
            && (rule == null || !Conditions.anyHolds(rule.noStore(), request));

    StoredResponse stored = lookup.stored();
    if (stored == null || (lookup.isCredentialed() && !stored.explicitlyShared())) {
      return otherwise(wanted, new Decision.Fetch(missing(lookup), store, lookup, null));
    }
    if (rule != null && Conditions.anyHolds(rule.bypass(), request)) {
      return otherwise(wanted, new Decision.Fetch(Forward.CONDITION, store, lookup, null));
    }
    ConditionHabits.Habit conditions = lookup.conditions();
    boolean evaluated = conditions != ConditionHabits.Habit.IGNORES;
    Content content = Content.of(request.method(), request, stored, evaluated, nowMillis);
    if (content instanceof Content.NotModified && conditions == ConditionHabits.Habit.UNKNOWN) {
      return otherwise(wanted, new Decision.Fetch(Forward.REQUEST, store, lookup, null));
    }
    if (content == null) {
      return otherwise(wanted, new Decision.Fetch(Forward.PARTIAL, store, lookup, null));
    }

    long age = stored.ageMillis(nowMillis);
    long remaining = stored.lifetime().freshMillis() - age;
    boolean asksToValidate = wanted.has("no-cache") || (wanted.isEmpty() && pragmaNoCache(request));
    boolean accepted =
        !asksToValidate
            && age <= limit(wanted, "max-age")
            && remaining >= Math.max(0, wanted.seconds("min-fresh")) * 1000;
    if (stored.lifetime().alwaysValidated() || asksToValidate) {
      Forward why = asksToValidate ? Forward.REQUEST : Forward.STALE;
      return otherwise(wanted, validate(why, store, lookup, stored, nowMillis));
    }
    if (remaining > 0) {
      return accepted
          ? serve(stored, content, age, remaining, CacheStatus.hit(remaining / 1000), null)
          : otherwise(wanted, validate(Forward.REQUEST, store, lookup, stored, nowMillis));
    }
    Decision.Fetch validated = validate(Forward.STALE, store, lookup, stored, nowMillis);
    long ttl = ttlSeconds(remaining);
    if (stored.lifetime().staleAllowed()
        && wanted.has("max-stale")
        && !wanted.has("min-fresh")
        && age <= limit(wanted, "max-age")
        && -remaining <= acceptedStaleness(wanted)) {
      return serve(stored, content, age, remaining, CacheStatus.staleHit(ttl, "max-stale"), null);
    }
    if (mayRefreshBehind(lookup, wanted)
        && -remaining < staleWhileRevalidateMillis(stored.lifetime(), rule, store ? terms : null)) {
      String status = CacheStatus.staleHit(ttl, "stale-while-revalidate");
      return serve(stored, content, age, remaining, status, store ? validated : null);
    }
    return otherwise(wanted, validated);
  }

  /**
   * For how long a stale answer is given while it is refreshed. The optimizer may lengthen that, to
   * the freshness lifetime at most: a cache rule that says nothing of it is the contract that RFC
   * 9111 §4.2.4 asks for.
   *
   * @param terms what goes for the endpoint; null where nothing would refresh what is stored
   */
  private static long staleWhileRevalidateMillis(
      Lifetime lifetime, @Nullable CacheRule rule, EndpointTerms.@Nullable Terms terms) {
    long stated = lifetime.staleWhileRevalidateMillis();
    if (terms == null
        || rule == null
        || rule.staleWhileRevalidate() != null
        || !lifetime.staleAllowed()) {
      return stated;
    }
    return Math.max(stated, Math.min(terms.staleMillis(), lifetime.freshMillis()));
  }

  private static Decision.Serve serve(
      StoredResponse stored,
      Content content,
      long age,
      long remaining,
      String cacheStatus,
      Decision.@Nullable Fetch refresh) {
    return new Decision.Serve(
        stored, content, age / 1000, ttlSeconds(remaining), cacheStatus, refresh);
  }

  /** Rounded down; what is stale has less than nothing left. */
  private static long ttlSeconds(long remainingMillis) {
    long seconds = Math.floorDiv(remainingMillis, 1000);
    return remainingMillis > 0 ? seconds : Math.min(-1, seconds);
  }

  /** Only a request that says nothing of who is asking, nor how fresh it wants the answer. */
  private static boolean mayRefreshBehind(Lookup lookup, CacheControl wanted) {
    return lookup.audience() == Lookup.Audience.EVERYONE
        && lookup.request().bodyHash() == null
        && !wanted.has("max-age")
        && !wanted.has("min-fresh");
  }

  private static Decision otherwise(CacheControl wanted, Decision.Fetch fetch) {
    return wanted.has("only-if-cached") ? new Decision.Unavailable() : fetch;
  }

  private static Decision.Fetch validate(
      Forward why, boolean store, Lookup lookup, StoredResponse stored, long nowMillis) {
    RequestView request = lookup.request();
    Fields client = request.fields();
    long answersUntil =
        stored.lifetime().staleIfErrorMillis() == 0
            ? Long.MIN_VALUE
            : nowMillis
                + stored.remainingMillis(nowMillis)
                + stored.lifetime().staleIfErrorMillis();
    boolean confirmable = request.bodyHash() == null && stored.isWhole();
    return new Decision.Fetch(
        why,
        store,
        lookup,
        new Validation(
            stored,
            confirmable ? conditions(stored, client, nowMillis) : Fields.EMPTY,
            answersUntil,
            nowMillis,
            client,
            request.method()));
  }

  /**
   * The validators of what is stored, and those of the client after them: what it has may be newer
   * than what is stored (RFC 9111 §4.3.1).
   */
  private static Fields conditions(StoredResponse stored, Fields client, long nowMillis) {
    Fields.Builder conditions = Fields.builder();
    String etag = stored.fields().first("ETag");
    if (etag != null) {
      List<String> tags = new ArrayList<>(List.of(etag));
      Preconditions.tags(client.all("If-None-Match")).stream()
          .filter(tag -> !tag.equals(etag))
          .forEach(tags::add);
      conditions.add("If-None-Match", String.join(", ", tags));
    }
    String modified = stored.fields().first("Last-Modified");
    // An application that asks for a date must get one.
    if (modified != null && HttpDate.parse(modified, nowMillis) != HttpDate.INVALID) {
      conditions.add("If-Modified-Since", modified);
    }
    return conditions.build();
  }

  private static long limit(CacheControl wanted, String directive) {
    long seconds = wanted.seconds(directive);
    return seconds == CacheControl.ABSENT ? Long.MAX_VALUE : seconds * 1000;
  }

  private static long acceptedStaleness(CacheControl wanted) {
    String argument = wanted.argument("max-stale");
    return argument == null || argument.isEmpty()
        ? ANY_STALENESS_MILLIS
        : CacheControl.deltaSeconds(argument) * 1000;
  }

  private static Forward missing(Lookup lookup) {
    if (lookup.isCredentialed()) {
      return Forward.CREDENTIALS;
    }
    return lookup.variantMissing() ? Forward.VARY_MISS : Forward.URI_MISS;
  }

  /** GET, and what a rule answers by its body. */
  private static boolean isStorable(RequestView request) {
    return request.method().equals("GET") || request.bodyHash() != null;
  }

  private static boolean hasBody(RequestView request) {
    String length = request.field("Content-Length");
    return request.field("Transfer-Encoding") != null
        || (length != null && !length.strip().equals("0"));
  }

  private static boolean pragmaNoCache(RequestView request) {
    String pragma = request.field("Pragma");
    return pragma != null && pragma.equalsIgnoreCase("no-cache");
  }
}
