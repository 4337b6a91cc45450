package dev.slipstream.engine.http;

import dev.slipstream.config.CacheMode;
import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.EntryCodec;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.TieredCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A shared HTTP cache (RFC 9111) inside the gateway.
 *
 * <p>An exchange goes {@link #decide} and then, where the application answers and its answer may be
 * stored, {@link #fill}. The policies decide; this class looks up, stores and counts. Thread-safe.
 */
public final class HttpCache {
  /** Fields of one connection or one answer, never stored (RFC 9110 §7.6.1, RFC 9111 §3.1). */
  private static final Set<String> NOT_STORED =
      Set.of(
          "age",
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * Fields about the stored bytes: what a 304 says of them is about others (RFC 9111 §3.2). The
   * entity tag is the one that was confirmed.
   */
  private static final Set<String> NOT_UPDATED =
      Set.of(
          "content-encoding",
          "content-range",
          "content-md5",
          "content-digest",
          "repr-digest",
          "digest",
          "etag");

  /** Begins the tag that every entry of a rule has. */
  private static final String RULE_TAG = "rule:";

  /** For how long L2 remembers that an entry was dropped: longer than an answer takes. */
  private static final long FORGOTTEN_MILLIS = Duration.ofMinutes(5).toMillis();

  private final TieredCache cache;
  private final InstantSource clock;
  private final Executor background;
  private final CacheKeys keys;
  private final Credentials credentials;
  private final Duration defaultTtl;
  private final Settings.Http settings;
  private final boolean smart;
  private final HttpCacheCounters counters = new HttpCacheCounters();
  private final RecentChanges changes;
  private final Observations observations = new Observations();
  private final boolean observing;
  private final Flights flights;
  private final Refreshes refreshes;
  private volatile RuleSet rules = RuleSet.EMPTY;

  /**
   * Makes a cache on the tiers.
   *
   * @param background runs what no request may wait for
   */
  public HttpCache(Settings settings, TieredCache cache, InstantSource clock, Executor background) {
    this.background = background;
    this.cache = cache;
    this.clock = clock;
    this.changes = new RecentChanges(clock);
    this.observing = settings.cache().mode() == CacheMode.OBSERVE;
    this.refreshes = new Refreshes(clock);
    this.flights = new Flights(settings.http(), clock);
    this.keys = new CacheKeys(settings.cache().keyPrefix(), settings.cache().keyHost());
    this.credentials =
        new Credentials(settings.http().credentialHeaders(), settings.http().harmlessCookies());
    this.defaultTtl = settings.cache().defaultTtl();
    this.settings = settings.http();
    this.smart = settings.http().smartCachingEnabled();
  }

  /** How responses are written to L2. */
  public static EntryCodec codec(Settings settings) {
    return new ResponseCodec(
        settings.cache().compressionType(), settings.cache().compressionThresholdBytes());
  }

  /** Takes other rules from now on; what is stored stays. */
  public void useRules(RuleSet rules) {
    this.rules = rules;
  }

  /** The rules in force. */
  public RuleSet rules() {
    return rules;
  }

  /** Decides what is done with a request, and counts it; may wait for another one's answer. */
  public Decision decide(RequestView request) {
    Forward bypass = RequestPolicy.bypass(request);
    Decision decision;
    if (isObserved(request)) {
      decision = new Decision.Observe(bypass == null ? observe(request) : null);
    } else if (bypass == null) {
      decision = RequestPolicy.decide(lookUp(request), clock.millis());
      if (decision instanceof Decision.Fetch fetch && fetch.store() && isShared(fetch)) {
        decision = together(request, fetch);
      }
    } else {
      decision = new Decision.Bypass(bypass);
    }
    counters.count(decision);
    return decision;
  }

  private boolean isObserved(RequestView request) {
    if (observing) {
      return true;
    }
    CacheRule rule = ruleFor(request);
    return rule != null && rule.observed();
  }

  /** Looks on without L2, which would cost the request time. */
  private @Nullable Observed observe(RequestView request) {
    Lookup lookup = lookUp(request, cache.memoryReader());
    CacheRule rule = lookup.rule();
    NamePatterns alsoHarmless = rule == null ? null : rule.harmlessCookies();
    boolean identified = lookup.audience() != Lookup.Audience.EVERYONE;
    return request.method().equals("HEAD")
        ? null
        : new Observed(
            observations,
            RequestPolicy.decide(lookup, clock.millis()),
            lookup,
            identified ? credentials.identityOf(request, alsoHarmless) : "");
  }

  /** What the cache would have done where it only observes. */
  public Observations observations() {
    return observations;
  }

  /** Whether what one request fetches may answer another: nobody's own, and asked for as usual. */
  private static boolean isShared(Decision.Fetch fetch) {
    return !fetch.lookup().isCredentialed()
        && (fetch.why() == Forward.URI_MISS
            || fetch.why() == Forward.VARY_MISS
            || fetch.why() == Forward.STALE);
  }

  /** One of the requests for the same answer goes on, the others get what it stores. */
  private Decision together(RequestView request, Decision.Fetch fetch) {
    Flights.Boarding boarding = flights.board(fetch.lookup().foundUnder());
    Flights.Flight flight = boarding.flight();
    if (flight == null || boarding.leads()) {
      return fetch.awaitedBy(flight);
    }
    if (!flight.await()) {
      return fetch;
    }
    Decision again = RequestPolicy.decide(lookUp(request), clock.millis());
    if (again instanceof Decision.Serve serve) {
      counters.collapsed();
      return serve.collapsed(fetch.why());
    }
    return again; // another variant, as it turned out
  }

  /**
   * Whether a rule makes the request's body part of its key: {@link #decide} is then asked with
   * {@link RequestView#bodyHash()}, if the body is not larger than {@link #maxBodyBytes()}.
   */
  public boolean wantsBody(RequestView request) {
    if (!request.method().equals("POST")
        || request.field("Upgrade") != null
        || RequestPath.isAmbiguous(request.path())) {
      return false;
    }
    CacheRule rule = rules.match("POST", request.path());
    return rule != null
        && rule.cachePost()
        && (rule.ignoreCredentials()
            || rule.cacheAuthenticated()
            || !credentials.presentIn(request, rule.harmlessCookies()));
  }

  /** The largest body that is copied, or made part of a key, where no rule says otherwise. */
  public int maxBodyBytes() {
    return settings.maxBodyBytes();
  }

  /** What a request makes invalid once it has succeeded, or null where that is nothing. */
  public @Nullable UnsafeRequest unsafe(RequestView request) {
    List<CacheRule> changed = rules.invalidatedBy(request.method(), request.path());
    boolean unsafe = UnsafeRequest.isUnsafe(request.method()) && request.bodyHash() == null;
    return unsafe || !changed.isEmpty() ? new UnsafeRequest(this, request, unsafe, changed) : null;
  }

  /** Drops what rules have stored: from L1 at once, from L2 on a thread of ours. */
  void invalidate(List<CacheRule> changed) {
    Set<String> tags = new HashSet<>();
    changed.forEach(rule -> tags.add(RULE_TAG + rule.name()));
    invalidate(Invalidation.of(tags, Set.of()));
  }

  private void invalidate(Invalidation invalidation) {
    cache.invalidateMemory(invalidation);
    if (cache.redis() != null && !observing) {
      background.execute(() -> cache.invalidateRedis(invalidation));
    }
  }

  /**
   * Drops what is stored for a URL of the request's origin (RFC 9111 §4.4): at once what the URL's
   * key leads to, and in the background what a rule has put under keys of other identities or
   * fields.
   */
  void invalidate(RequestView request, String path, @Nullable String query) {
    CacheRule rule = RequestPath.isAmbiguous(path) ? null : rules.match("GET", path);
    String beginning = keys.beginningOf(request, path, query, rule);
    changes.changed(beginning, clock.millis());
    forget(keys.of(request, path, query, rule, null));
    if (rule != null && (rule.cacheAuthenticated() || !rule.varyHeaders().isEmpty())) {
      invalidate(Invalidation.of(Set.of(), Set.of(beginning + '*')));
    }
  }

  /**
   * Drops what is under a key, and the variants it leads to with it. In L2 an index without
   * variants takes its place for a while, which no answer that was begun before replaces.
   */
  private void forget(String key) {
    if (cache.peek(key) instanceof VariantIndex index) {
      index.variants().forEach(cache::drop); // a new index may come within a millisecond
    }
    if (observing) {
      cache.drop(key); // what other gateways share stays as it is
      return;
    }
    TieredCache.Mark now = cache.mark();
    long until = now.millis() + FORGOTTEN_MILLIS;
    cache.replace(
        key, new VariantIndex(List.of(), List.of(), now.millis(), now.millis(), until), now);
  }

  /**
   * Drops, or makes stale, what is stored for a request's URL, whoever asked for it; waits for L2.
   *
   * @return how many entries that were
   */
  public long purge(RequestView request, boolean soft) {
    CacheRule rule =
        RequestPath.isAmbiguous(request.path()) ? null : rules.match("GET", request.path());
    String beginning = keys.beginningOf(request, request.path(), request.query(), rule);
    // The key of the URL, which ends there or goes on with what chooses a variant.
    Invalidation url = Invalidation.of(Set.of(), Set.of(beginning + ":*", beginning + ",*"));
    return (soft ? cache.makeStale(url) : cache.invalidate(url)).entries();
  }

  /** Begins to copy the answer to a request that is fetched and may be stored. */
  public Fill fill(Decision.Fetch fetch) {
    CacheRule rule = fetch.lookup().rule();
    Integer limit = rule == null ? null : rule.maxBodyBytes();
    int maxBytes = limit == null ? settings.maxBodyBytes() : limit;
    return new Fill(this, fetch, null, maxBytes, cache.mark());
  }

  /** Begins to copy the answer to a request that is observed. */
  public Fill fill(Observed observed) {
    Decision.Fetch fetch = new Decision.Fetch(Forward.OBSERVED, true, observed.lookup(), null);
    CacheRule rule = observed.lookup().rule();
    Integer limit = rule == null ? null : rule.maxBodyBytes();
    int maxBytes = limit == null ? settings.maxBodyBytes() : limit;
    return new Fill(this, fetch, observed, maxBytes, cache.mark());
  }

  /** What is refreshed in the background. */
  public Refreshes refreshes() {
    return refreshes;
  }

  /** What the cache has done since the start. */
  public HttpCacheCounters counters() {
    return counters;
  }

  /**
   * The answer in place of the application's 304: what is stored, with what the 304 says anew (RFC
   * 9111 §4.3.4). Null where it confirms not what is stored but what the client has.
   *
   * @param fill the copy that was begun, or null where the answer may not be stored
   * @param head the 304's
   * @param reads what the application looked at
   */
  public Decision.@Nullable Serve confirmed(
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
      return serve(stored, validation, now, CacheStatus.validated(fetch.why(), ttl));
    }
    long requestedAt = fill == null ? validation.askedAtMillis() : fill.mark().millis();
    ResponseHead told = told(stored, head);
    StoredResponse fresh = freshened(fetch.lookup(), stored, told, requestedAt, now);
    boolean forAll = isForAll(fetch, told, reads, requestedAt);
    if (fill != null) {
      fill.confirm(() -> putAnew(fetch.lookup(), fresh, forAll, fill.mark()));
    } else if (mayUpdate(fetch.lookup(), validation, now)) {
      putAnew(fetch.lookup(), fresh, forAll, cache.mark());
    }
    counters.validated();
    long ttl = Math.floorDiv(fresh.remainingMillis(now), 1000);
    return serve(fresh, validation, now, CacheStatus.validated(fetch.why(), ttl));
  }

  /**
   * The stale answer in place of the application's error; null where there is none to give.
   *
   * @param status the error's status, 0 where the application threw or took too long
   */
  public Decision.@Nullable Serve insteadOfError(Decision.Fetch fetch, int status) {
    Validation validation = fetch.validation();
    long now = clock.millis();
    if (validation == null
        || !validation.answersInsteadOf(status == 0 ? 503 : status, now)
        || (!validation.stored().isWhole() && validation.client().contains("Range"))
        || invalidatedMeanwhile(fetch.lookup().foundUnder(), validation, now)) {
      return null;
    }
    counters.answeredInsteadOfError();
    StoredResponse stored = validation.stored();
    long ttl = Math.floorDiv(stored.remainingMillis(now), 1000);
    return serve(stored, validation, now, CacheStatus.insteadOfError(fetch.why(), status, ttl));
  }

  /** Whether an answer to HEAD may tell anew of what is stored for GET. */
  private boolean mayUpdate(Lookup lookup, Validation validation, long nowMillis) {
    return validation.method().equals("HEAD")
        && !CacheControl.parse(validation.client().all("Cache-Control")).has("no-store")
        && !invalidatedMeanwhile(lookup.foundUnder(), validation, nowMillis);
  }

  private boolean invalidatedMeanwhile(String key, Validation validation, long nowMillis) {
    StoredResponse stored = validation.stored();
    return cache.isInvalidated(key, stored)
        || changes.since(key, stored.storedAtMillis())
        || changes.forgottenSince(validation.askedAtMillis(), nowMillis);
  }

  private static Decision.Serve serve(
      StoredResponse stored, Validation validation, long now, String cacheStatus) {
    Content content = Content.of(validation.method(), validation.client(), stored, now);
    return new Decision.Serve(
        stored,
        content == null ? Content.WHOLE : content,
        stored.ageMillis(now) / 1000,
        Math.floorDiv(stored.remainingMillis(now), 1000),
        cacheStatus,
        null);
  }

  /**
   * Takes the answer to HEAD for what is stored for GET: it is freshened if the two agree, else
   * dropped (RFC 9111 §4.3.5).
   */
  public void answeredHead(Decision.Fetch fetch, ResponseHead head, ReadSet reads) {
    Validation validation = fetch.validation();
    if (validation == null || head.status() != 200 || !validation.stored().isWhole()) {
      return;
    }
    Lookup lookup = fetch.lookup();
    TieredCache.Mark mark = cache.mark();
    if (!mayUpdate(lookup, validation, mark.millis())) {
      return;
    }
    StoredResponse stored = validation.stored();
    if (stored.status() == 200
        && agree(stored, head.fields())
        && names(stored.fields(), "Vary").equals(names(head.fields(), "Vary"))) {
      long asked = validation.askedAtMillis();
      ResponseHead told = told(stored, head);
      putAnew(
          lookup,
          freshened(lookup, stored, told, asked, mark.millis()),
          isForAll(fetch, told, reads, asked),
          mark);
    } else {
      forget(lookup.foundUnder());
    }
  }

  /** Stores what was said anew of a response, or drops it where it may be stored no longer. */
  private boolean putAnew(
      Lookup lookup, StoredResponse fresh, boolean forAll, TieredCache.Mark mark) {
    if (forAll) {
      return put(lookup.foundUnder(), fresh, mark, true);
    }
    forget(lookup.foundUnder());
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
   * itself, and the fields that shaped it are those that choose the stored one. A cookie that a 304
   * sets is its client's own.
   */
  private boolean isForAll(
      Decision.Fetch fetch, ResponseHead told, ReadSet reads, long requestedAt) {
    Lookup lookup = fetch.lookup();
    CacheRule rule = lookup.rule();
    boolean apart = lookup.isPartitioned() || (rule != null && rule.ignoreCredentials());
    boolean identified = lookup.isCredentialed() || (reads.isIdentified() && !apart);
    if (refusal(told, rule, identified, requestedAt) != null) {
      return false;
    }
    Fields client = Objects.requireNonNull(fetch.validation()).client();
    Set<String> unchosen = smart ? reads.shaping(settings.shapingFields(), client) : Set.of();
    if (!unchosen.isEmpty() && cache.peek(lookup.key()) instanceof VariantIndex index) {
      unchosen.removeAll(index.names());
    }
    if (!unchosen.isEmpty() && rule != null) {
      rule.varyHeaders().forEach(name -> unchosen.remove(name.toLowerCase(Locale.ROOT)));
    }
    return unchosen.isEmpty();
  }

  /** The head of a stored answer with what another one says anew (RFC 9111 §3.2). */
  private ResponseHead told(StoredResponse stored, ResponseHead head) {
    Set<String> kept = names(head.fields(), "Connection");
    kept.addAll(NOT_STORED);
    kept.addAll(NOT_UPDATED);
    CacheControl said = Stated.of(head.fields(), settings.targetedFields()).control();
    kept.addAll(said.listedFields("no-cache"));
    kept.addAll(said.listedFields("private"));
    Fields fields = stored.fields().replacedBy(head.replaced().without(kept::contains));
    Fields.Builder all = Fields.builder();
    fields.forEach(all::add);
    head.fields().all("Date").forEach(date -> all.add("Date", date));
    head.fields().all("Age").forEach(age -> all.add("Age", age));
    return new ResponseHead(stored.status(), all.build(), fields, stored.appended());
  }

  private StoredResponse freshened(
      Lookup lookup, StoredResponse stored, ResponseHead told, long requestedAt, long now) {
    Stated stated = Stated.of(told.fields(), settings.targetedFields());
    return new StoredResponse(
        stored.status(),
        told.replaced(),
        stored.appended(),
        stored.body(),
        stored.range(),
        stored.lengthStated(),
        stated.isExplicitlyShared(),
        Freshness.dateMillis(told.fields(), now),
        Freshness.initialAgeMillis(told.fields(), requestedAt, now),
        now,
        lifetime(told, stated, lookup.rule(), now).orStale(),
        tags(lookup.rule(), stored.tags()),
        stored.gzipped());
  }

  private Lookup lookUp(RequestView request) {
    return lookUp(request, cache.reader());
  }

  private Lookup lookUp(RequestView request, TieredCache.Reader reader) {
    CacheRule rule = ruleFor(request);
    NamePatterns alsoHarmless = rule == null ? null : rule.harmlessCookies();
    boolean identified = credentials.presentIn(request, alsoHarmless);
    Lookup.Audience audience = audience(rule, identified);
    String identity =
        audience == Lookup.Audience.ONE ? credentials.identityOf(request, alsoHarmless) : null;
    String key = keys.of(request, rule, identity);

    CacheEntry found = reader.get(key);
    String foundUnder = key;
    boolean varies = false;
    if (found instanceof VariantIndex index && !index.names().isEmpty()) {
      varies = true;
      foundUnder = CacheKeys.variant(key, index.names(), request);
      found = reader.get(foundUnder);
      if (found != null && found.storedAtMillis() < index.begunAtMillis()) {
        found = null;
      }
    }
    if (found != null && changes.since(key, found.storedAtMillis())) {
      found = null;
    }
    StoredResponse stored = found instanceof StoredResponse response ? response : null;
    return new Lookup(request, rule, audience, key, foundUnder, stored, varies);
  }

  private static Lookup.Audience audience(@Nullable CacheRule rule, boolean identified) {
    if (!identified) {
      return Lookup.Audience.EVERYONE;
    }
    if (rule != null && rule.ignoreCredentials()) {
      return Lookup.Audience.ANYONE;
    }
    return rule != null && rule.cacheAuthenticated() ? Lookup.Audience.ONE : Lookup.Audience.UNTOLD;
  }

  private @Nullable CacheRule ruleFor(RequestView request) {
    RuleSet current = rules;
    return current.rules().isEmpty() || RequestPath.isAmbiguous(request.path())
        ? null
        : current.match(request.bodyHash() == null ? "GET" : "POST", request.path());
  }

  @Nullable Refusal refusal(Fill fill, ResponseHead head, boolean identified) {
    CacheRule rule = fill.rule();
    boolean told = fill.isPartitioned() || (rule != null && rule.ignoreCredentials());
    boolean ones = fill.isCredentialed() || (identified && !told);
    return refusal(head, rule, ones, fill.mark().millis());
  }

  private @Nullable Refusal refusal(
      ResponseHead head, @Nullable CacheRule rule, boolean identified, long requestedAt) {
    long now = clock.millis();
    Stated stated = Stated.of(head.fields(), settings.targetedFields());
    return StoragePolicy.refusal(
        head,
        stated,
        identified,
        lifetime(head, stated, rule, now),
        Freshness.initialAgeMillis(head.fields(), requestedAt, now));
  }

  private Lifetime lifetime(
      ResponseHead head, Stated stated, @Nullable CacheRule rule, long nowMillis) {
    return Freshness.lifetime(head, stated, rule, defaultTtl, settings.staleIfError(), nowMillis);
  }

  long ttlSeconds(Fill fill, ResponseHead head) {
    long now = clock.millis();
    Stated stated = Stated.of(head.fields(), settings.targetedFields());
    long age = Freshness.initialAgeMillis(head.fields(), fill.mark().millis(), now);
    return Math.floorDiv(lifetime(head, stated, fill.rule(), now).freshMillis() - age, 1000);
  }

  /** Whether answers from the cache may go out in gzip, so that each of them has to say so. */
  boolean isGzipped(Fill fill, ResponseHead head) {
    CacheRule rule = fill.rule();
    return rule != null
        && rule.gzip()
        && GzipVariant.isFor(head, CacheControl.parse(head.fields().all("Cache-Control")));
  }

  void refused(Refusal why) {
    counters.count(why);
  }

  /** Stores an answer. Returns whether it could be. */
  boolean store(Fill fill, ResponseHead head, byte[] body, ReadSet reads, List<String> moreTags) {
    long now = clock.millis();
    Fields fields = head.fields();
    Stated stated = Stated.of(fields, settings.targetedFields());
    Set<String> notStored = names(fields, "Connection");
    notStored.addAll(NOT_STORED);
    notStored.addAll(stated.control().listedFields("no-cache"));
    notStored.addAll(stated.control().listedFields("private"));
    ContentRange range =
        head.status() == 206 ? ContentRange.parse(fields.first("Content-Range")) : null;
    if (range != null) {
      notStored.add("content-range"); // each answer from it has one of its own
    }
    StoredResponse response =
        new StoredResponse(
            head.status(),
            head.replaced().without(notStored::contains),
            head.appended().without(notStored::contains),
            body,
            range,
            fields.contains("Content-Length"),
            stated.isExplicitlyShared(),
            Freshness.dateMillis(fields, now),
            Freshness.initialAgeMillis(fields, fill.mark().millis(), now),
            now,
            lifetime(head, stated, fill.rule(), now).orStale(),
            tags(fill.rule(), moreTags),
            isGzipped(fill, head) ? GzipVariant.of(body) : null);
    return store(fill, selecting(fill, fields, reads), response);
  }

  /**
   * The fields that choose between the URL's answers: those that this answer's Vary names, those
   * that shape answers and were read, and those that chose before. More of them cost a miss, fewer
   * would give one's answer to another.
   */
  private List<String> selecting(Fill fill, Fields fields, ReadSet reads) {
    Set<String> names = names(fields, "Vary");
    if (smart) {
      names.addAll(reads.shaping(settings.shapingFields(), fill.requestFields()));
    }
    if (cache.peek(fill.key()) instanceof VariantIndex before) {
      names.addAll(before.names());
    }
    CacheRule rule = fill.rule();
    if (rule != null) {
      rule.varyHeaders().forEach(name -> names.remove(name.toLowerCase(Locale.ROOT)));
    }
    return List.copyOf(names);
  }

  private boolean store(Fill fill, List<String> names, StoredResponse response) {
    String key = fill.key();
    if (!names.isEmpty()) {
      String variant = CacheKeys.variant(key, names, fill.requestFields());
      if (!index(fill, names, variant, response.expiresAtMillis())) {
        counters.count(Refusal.TOO_MANY_VARIANTS);
        return false;
      }
      key = variant;
    }
    Observed observed = fill.observed();
    if (observed != null) {
      observed.stored(key);
    }
    if (!put(key, combined(key, response), fill.mark(), observed == null)) {
      counters.count(Refusal.INVALIDATED);
      return false;
    }
    counters.stored();
    return true;
  }

  private boolean put(String key, StoredResponse response, TieredCache.Mark mark, boolean shared) {
    if (changes.since(key, mark.millis())
        || changes.forgottenSince(mark.millis(), clock.millis())
        || !(shared ? cache.put(key, response, mark) : cache.putInMemory(key, response, mark))) {
      return false;
    }
    if (changes.since(key, mark.millis())) {
      forget(key); // changed between the check and the put
      return false;
    }
    return true;
  }

  /** A part together with what is stored of the same representation (RFC 9111 §3.4). */
  private StoredResponse combined(String key, StoredResponse response) {
    String tag = response.strongTag();
    if (response.isWhole()
        || tag == null
        || !(cache.peek(key) instanceof StoredResponse before)
        || !tag.equals(before.strongTag())) {
      return response;
    }
    Part all = Part.union(before.part(), response.part());
    return all == null ? response : response.withPart(all);
  }

  /** Enters a variant in its URL's index. Returns false where the index is full. */
  private boolean index(Fill fill, List<String> names, String variant, long expiresAtMillis) {
    boolean[] entered = {true};
    cache.update(
        fill.key(),
        fill.mark(),
        fill.observed() == null,
        previous -> {
          List<String> variants = new ArrayList<>();
          long expiry = expiresAtMillis;
          long begun = fill.mark().millis();
          if (previous instanceof VariantIndex old && old.names().equals(names)) {
            begun = old.begunAtMillis();
            expiry = Math.max(expiry, old.expiresAtMillis());
            variants.addAll(old.variants());
            if (variants.size() >= settings.maxVariants()) {
              variants.removeIf(other -> !cache.isInMemory(other));
            }
          }
          if (!variants.contains(variant)) {
            if (variants.size() >= settings.maxVariants()) {
              entered[0] = false;
              return previous;
            }
            variants.add(variant);
          }
          return new VariantIndex(names, variants, begun, fill.mark().millis(), expiry);
        });
    return entered[0];
  }

  /** A rule's own tags, one that stands for the rule, and the answer's own. */
  private static List<String> tags(@Nullable CacheRule rule, List<String> moreTags) {
    if (rule == null) {
      return moreTags;
    }
    Set<String> tags = new LinkedHashSet<>(rule.tags());
    tags.add(RULE_TAG + rule.name());
    tags.addAll(moreTags); // after a change of rules, those of the one before are among them
    return List.copyOf(tags);
  }

  /** The distinct lower-case names that a field lists, in alphabetical order. */
  private static Set<String> names(Fields fields, String field) {
    Set<String> names = new TreeSet<>();
    for (String line : fields.all(field)) {
      for (String name : line.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }
}
