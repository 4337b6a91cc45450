package dev.slipstream.engine.http;

import dev.slipstream.config.CacheMode;
import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.PerformanceMode;
import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.Priority;
import dev.slipstream.config.rules.RuleMode;
import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.config.rules.ServePlace;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.TurnedAway;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.learn.Learning;
import dev.slipstream.engine.learn.Refetch;
import dev.slipstream.engine.learn.Risk;
import dev.slipstream.engine.profile.EndpointNames;
import dev.slipstream.engine.redis.SharedSecret;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shared HTTP cache (RFC 9111) inside the gateway.
 *
 * <p>An exchange goes {@link #decide} and then, where the application answers and its answer may be
 * stored, {@link #fill}. The policies decide; this class looks up, stores and counts. Thread-safe.
 */
public final class HttpCache {
  private final TieredCache cache;
  private final InstantSource clock;
  private final CacheKeys keys;
  private final Credentials credentials;
  private final SharedSecret secret;
  private final Settings.Http settings;
  private final NamePatterns shapingFields;
  private final HttpCacheCounters counters = new HttpCacheCounters();
  private final Admission admission;
  private final ResponseStore store;
  private final Revalidation revalidation;
  private final EndpointNames endpointNames = new EndpointNames();
  private final Observations observations = new Observations(endpointNames);
  private final Learning learning;
  private final boolean observing;
  private final Flights flights;
  private final Refreshes refreshes;
  private final KnownMisses knownMisses = new KnownMisses();
  private final boolean passesKnownMisses;
  private final Supplier<TieredCache.Reader> allTiers;
  private final Supplier<TieredCache.Reader> memory;
  private final Supplier<TieredCache.Reader> quietly;
  private final ConditionHabits conditionHabits = new ConditionHabits();
  private final GuardedPaths guardedPaths = new GuardedPaths();
  private final EndpointTerms endpointTerms = new EndpointTerms();
  private final Doorkeeper doorkeeper;
  private final EntryPaths entryPaths;
  private volatile RuleSet rules = RuleSet.EMPTY;
  private volatile boolean hasPriorities;
  private volatile boolean servingAtEntry;

  /** Whether a URL may have more than one answer, by where in the application it was made. */
  private volatile boolean placesInUse;

  /** Whether a URL may have an answer for where the web application is entered. */
  private volatile boolean entryInUse;

  /**
   * Makes a cache on the tiers.
   *
   * @param background runs what no request may wait for
   */
  public HttpCache(Settings settings, TieredCache cache, InstantSource clock, Executor background) {
    this(settings, cache, clock, background, SharedSecret.random());
  }

  /**
   * The same, with a secret for identities that other gateways may know.
   *
   * @param background runs what no request may wait for
   */
  public HttpCache(
      Settings settings,
      TieredCache cache,
      InstantSource clock,
      Executor background,
      SharedSecret secret) {
    this.cache = cache;
    this.allTiers = cache::reader;
    this.memory = cache::memoryReader;
    this.quietly = cache::quietReader;
    this.clock = clock;
    this.observing = settings.cache().mode() == CacheMode.OBSERVE;
    this.admission =
        new Admission(settings.http(), settings.cache().defaultTtl(), this::isEmergency);
    this.store =
        new ResponseStore(
            cache, clock, background, counters, settings.http().maxVariants(), observing);
    this.refreshes = new Refreshes(clock);
    this.entryPaths = new EntryPaths(clock);
    this.flights = new Flights(settings.http(), clock);
    this.passesKnownMisses = !settings.http().hitForMiss().isZero();
    this.keys = new CacheKeys(settings.cache().keyPrefix(), settings.cache().keyHost());
    this.secret = secret;
    this.credentials =
        new Credentials(
            settings.http().credentialHeaders(), settings.http().harmlessCookies(), secret);
    this.settings = settings.http();
    this.shapingFields =
        settings.http().smartCachingEnabled() ? settings.http().shapingFields() : NamePatterns.NONE;
    this.learning =
        new Learning(
            settings.http().adaptiveTtlEnabled(),
            settings.cache().defaultTtl(),
            endpointNames,
            clock,
            () -> ThreadLocalRandom.current().nextDouble());
    learning.restsWhile(this::isEmergency);
    cache.onInvalidated(learning::invalidated);
    cache.onEvicted(learning::evicted);
    this.revalidation =
        new Revalidation(admission, store, cache, clock, counters, learning, shapingFields);
    this.doorkeeper =
        new Doorkeeper(
            this,
            new AdmissionControl(
                settings.performance().mode() != PerformanceMode.OFF,
                settings.performance().throttleFloor(),
                path ->
                    !RequestPath.isAmbiguous(path)
                        && settings.performance().healthPaths().matches(path)));
  }

  /** The tiers for responses. */
  public static TieredCache tiers(
      Settings settings,
      MemoryTier memory,
      FrameCodec frames,
      Coherence coherence,
      InstantSource clock) {
    CacheKeys keys = new CacheKeys(settings.cache().keyPrefix(), settings.cache().keyHost());
    return new TieredCache(memory, new ResponseCodec(frames), coherence, clock, keys::resourceOf);
  }

  /** Takes other rules from now on; what is stored stays. */
  public void useRules(RuleSet rules) {
    this.rules = rules;
    this.hasPriorities = rules.hasPriorities();
    boolean atEntry = rules.servesAtEntry() && !observing;
    if (atEntry && !servingAtEntry) {
      entryPaths.beginLater();
    }
    this.servingAtEntry = atEntry;
  }

  /** The rules in force. */
  public RuleSet rules() {
    return rules;
  }

  /** Decides what is done with a request, and counts it; may wait for another one's answer. */
  public Decision decide(RequestView request) {
    return counted(request, decide(request, allTiers, true));
  }

  /** Whether any request is answered where it enters the web application. */
  public boolean isServingAtEntry() {
    return servingAtEntry;
  }

  /**
   * Whether a request is answered where it enters the web application, before all filters: a rule
   * says so, the request does not say who is asking, and nothing was seen to go by that.
   */
  boolean isServedAtEntry(RequestView request) {
    return ruleAtEntry(request) != null;
  }

  private @Nullable CacheRule ruleAtEntry(RequestView request) {
    String method = request.method();
    if (!servingAtEntry
        || !(method.equals("GET") || method.equals("HEAD"))
        || !entryPaths.haveBegun()) {
      return null;
    }
    CacheRule rule = ruleFor(request);
    return rule != null
            && rule.serveAt() == ServePlace.ENTRY
            && rule.mode() == RuleMode.SERVE
            && !credentials.presentIn(request, rule.harmlessCookies())
            && !guardedPaths.contains(request.path())
            && !entryPaths.areLeft(request.path())
        ? rule
        : null;
  }

  /**
   * Decides where a request enters the web application; null where it is answered further within.
   * Nothing here can ask the application once more behind the client: one of those who would get a
   * stale answer waits for the fresh one.
   */
  public @Nullable Decision decideAtEntry(RequestView request) {
    CacheRule rule = ruleAtEntry(request);
    if (rule == null) {
      return null;
    }
    Forward bypass = RequestPolicy.bypass(request);
    Decision decision =
        counted(
            request,
            bypass != null
                ? new Decision.Bypass(bypass)
                : lookedUp(request, rule, /* identified= */ false, allTiers, /* mayWait= */ true));
    if (!(decision instanceof Decision.Serve serve) || serve.refresh() == null) {
      return decision;
    }
    Decision.Fetch refresh = serve.refresh();
    Flights.Boarding boarding = isEmergency() ? null : flights.board(refresh.lookup().foundUnder());
    if (boarding == null || (boarding.flight() != null && !boarding.leads())) {
      return serve.withoutRefresh();
    }
    counters.fetchedAfterAll();
    return refresh.awaitedBy(boarding.flight());
  }

  /**
   * Decides likewise where nothing tells that a request has died: nobody waits for its answer, and
   * it waits for nobody's.
   */
  public Decision decideAlone(RequestView request) {
    return counted(request, decide(request, allTiers, false));
  }

  /**
   * Decides what is done with a request at a place that may hand it on: from memory alone, since it
   * may be asked at more such places, and without making others wait. It is counted by {@link
   * #took} once the place has answered.
   */
  public Decision decideTentatively(RequestView request) {
    return decide(request, memory, false);
  }

  /** Counts a tentative decision, which came to be the one. */
  public void took(RequestView request, Decision decision) {
    Decision unused = counted(request, decision);
  }

  /**
   * What would be done with a request, by what L1 has for it: nothing is counted, nobody waits.
   *
   * @param request made up by somebody who wants to know
   */
  Decision foresee(RequestView request) {
    return decide(request, quietly, false);
  }

  /** The key that such a request is looked up under. */
  String keyOf(RequestView request) {
    return lookUp(request, ruleFor(request), cache.quietReader()).foundUnder();
  }

  private Decision counted(RequestView request, Decision decision) {
    counters.count(decision);
    AccessNote.note(learning, request, decision);
    return decision;
  }

  private Decision decide(
      RequestView request, Supplier<TieredCache.Reader> readers, boolean mayWait) {
    Forward bypass = RequestPolicy.bypass(request);
    CacheRule rule = ruleFor(request);
    if (bypass == null && rule != null && rule.mode() == RuleMode.PASS) {
      bypass = Forward.RULE;
    }
    Decision decision;
    if (observing || (rule != null && rule.mode() == RuleMode.OBSERVE)) {
      decision = new Decision.Observe(bypass == null ? observe(request, rule) : null);
    } else if (bypass == null) {
      decision = lookedUp(request, rule, isIdentified(request, rule), readers, mayWait);
    } else {
      decision = new Decision.Bypass(bypass);
    }
    return decision;
  }

  private Decision lookedUp(
      RequestView request,
      @Nullable CacheRule rule,
      boolean identified,
      Supplier<TieredCache.Reader> readers,
      boolean mayWait) {
    return mayWait && isKnownMiss(request, rule, identified)
        ? Decision.Pass.of(identified)
        : decide(request, rule, identified, readers.get(), mayWait);
  }

  private Decision decide(
      RequestView request,
      @Nullable CacheRule rule,
      boolean identified,
      TieredCache.Reader reader,
      boolean mayWait) {
    Lookup lookup = lookUp(request, rule, identified, reader);
    // L2 had its time; from memory it is what it was.
    long now = reader.isFromRedis() ? clock.millis() : reader.begun().millis();
    Decision decision = keyed(RequestPolicy.decide(lookup, now, terms(request)), lookup);
    if (decision instanceof Decision.Serve serve) {
      knownMisses.forget(request.path(), request.query(), identified);
      return reader.isFromRedis() ? serve.fromRedis() : serve;
    }
    return mayWait && decision instanceof Decision.Fetch fetch && fetch.store() && isShared(fetch)
        ? together(request, fetch)
        : decision;
  }

  private boolean isKnownMiss(RequestView request, @Nullable CacheRule rule, boolean identified) {
    String path = request.path();
    String query = request.query();
    return passesKnownMisses
        && knownMisses.contains(path, query, identified)
        && request.method().equals("GET")
        && request.field("Cache-Control") == null
        && (rule == null || !rule.cacheAuthenticated())
        && !knownMisses.takesToLook(path, query, identified, clock.millis());
  }

  private boolean isIdentified(RequestView request, @Nullable CacheRule rule) {
    return credentials.presentIn(request, rule == null ? null : rule.harmlessCookies());
  }

  /** Looks on without L2, which would cost the request time. */
  private @Nullable Observed observe(RequestView request, @Nullable CacheRule rule) {
    if (request.method().equals("HEAD")) {
      return null;
    }
    Lookup lookup = lookUp(request, rule, cache.memoryReader());
    NamePatterns alsoHarmless = rule == null ? null : rule.harmlessCookies();
    boolean identified = lookup.audience() != Lookup.Audience.EVERYONE;
    return new Observed(
        observations,
        RequestPolicy.decide(lookup, clock.millis(), terms(request)),
        lookup,
        identified ? credentials.identityOf(request, alsoHarmless) : "");
  }

  /** What endpoints are called. */
  public EndpointNames endpointNames() {
    return endpointNames;
  }

  /** What is changed for endpoints. */
  public EndpointTerms endpointTerms() {
    return endpointTerms;
  }

  private EndpointTerms.Terms terms(RequestView request) {
    return endpointTerms.isInUse()
        ? endpointTerms.of(request.method() + ' ' + endpointNames.of(request.path()))
        : EndpointTerms.Terms.USUAL;
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

  /** What the client is told, with the key where the settings say so. */
  private String keyed(String cacheStatus, Lookup lookup) {
    return settings.cacheStatusKey()
        ? CacheStatus.withKey(cacheStatus, lookup.foundUnder())
        : cacheStatus;
  }

  private Decision keyed(Decision decision, Lookup lookup) {
    return settings.cacheStatusKey() && decision instanceof Decision.Serve serve
        ? serve.withCacheStatus(keyed(serve.cacheStatus(), lookup))
        : decision;
  }

  private Decision.@Nullable Serve keyed(Decision.@Nullable Serve serve, Decision.Fetch fetch) {
    return serve == null ? null : serve.withCacheStatus(keyed(serve.cacheStatus(), fetch.lookup()));
  }

  /** What the client is told of a request that goes on to the application, so far. */
  public String cacheStatus(Forward why, Decision.@Nullable Fetch fetch) {
    return fetch == null ? why.cacheStatus() : keyed(why.cacheStatus(), fetch.lookup());
  }

  /**
   * What the client is told once the application's answer begins.
   *
   * @param stored whether it is going to be stored, fresh for so long
   */
  public String cacheStatus(
      Forward why, Decision.@Nullable Fetch fetch, int status, boolean stored, long ttlSeconds) {
    String told = CacheStatus.forwarded(why, status, stored, ttlSeconds);
    return fetch == null ? told : keyed(told, fetch.lookup());
  }

  /** One of the requests for the same answer goes on, the others get what it stores. */
  private Decision together(RequestView request, Decision.Fetch fetch) {
    Flights.Boarding boarding = flights.board(fetch.lookup().foundUnder());
    Flights.Flight flight = boarding.flight();
    if (flight == null || boarding.leads()) {
      return fetch.awaitedBy(flight);
    }
    EndpointGuard guard = doorkeeper.guard(request);
    if (guard == null ? !flight.await(() -> true) : !guard.waits(flight::await)) {
      TurnedAway turnedAway = flight.turnedAway();
      return turnedAway == null ? fetch : fetch.turnedAway(turnedAway);
    }
    // What it has stored is in L1, and L2 had its time.
    Lookup lookup = lookUp(request, fetch.lookup().rule(), cache.memoryReader());
    Decision again = RequestPolicy.decide(lookup, clock.millis(), terms(request));
    if (again instanceof Decision.Serve serve) {
      counters.collapsed();
      return keyed(serve.collapsed(fetch.why()), lookup);
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

  /** Filters stand before a path's resource, within its servlet: see {@link GuardedPaths}. */
  public void isGuarded(String path) {
    guardedPaths.learn(path);
  }

  /** Whether a servlet leaves a path's answers to what runs within it. */
  public boolean isLeftToResources(String path) {
    return guardedPaths.contains(path);
  }

  /** A path's answers are made by a resource of JAX-RS: see {@link ConditionHabits}. */
  public void isResource(String path) {
    conditionHabits.learn(path);
  }

  /**
   * What is told of the application's own answer, once it is there: status and fields. Null where
   * nothing is to be learned from it.
   *
   * @param request the request that the application gets, its conditions included
   */
  public @Nullable BiConsumer<Integer, Fields> conditionTrial(RequestView request) {
    ConditionHabits.Trial trial = conditionHabits.trial(request);
    return trial == null ? null : trial::answered;
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
    changed.forEach(rule -> tags.add(Admission.tagOf(rule)));
    store.invalidate(Invalidation.of(tags, Set.of()));
  }

  /**
   * Drops what is stored for a URL of the request's origin (RFC 9111 §4.4): at once what the URL's
   * key leads to, and in the background what is under keys of other identities, fields or places.
   */
  void invalidate(RequestView request, String path, @Nullable String query) {
    CacheRule rule = RequestPath.isAmbiguous(path) ? null : rules.match("GET", path);
    String beginning = keys.beginningOf(request, path, query, rule);
    store.changed(beginning, keys.of(request, path, query, rule, null));
    if (entryInUse || (rule != null && rule.serveAt() == ServePlace.ENTRY)) {
      store.changed(beginning, keys.atEntry(request, path, query, rule));
    }
    boolean more = rule != null && (rule.cacheAuthenticated() || !rule.varyHeaders().isEmpty());
    if (more || placesInUse) {
      store.invalidate(keysOf(beginning));
    }
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
    Invalidation url = keysOf(beginning);
    return (soft ? cache.makeStale(url) : cache.invalidate(url)).entries();
  }

  /** The keys of a URL, which end there or go on with what chooses a variant. */
  private static Invalidation keysOf(String beginning) {
    return Invalidation.of(Set.of(), Set.of(beginning + ":*", beginning + ",*"));
  }

  /** Begins to copy the answer to a request that is fetched and may be stored. */
  public Fill fill(Decision.Fetch fetch) {
    return fill(fetch, null);
  }

  private Fill fill(Decision.Fetch fetch, @Nullable Observed observed) {
    CacheRule rule = fetch.lookup().rule();
    Integer limit = rule == null ? null : rule.maxBodyBytes();
    int maxBytes = endpointTerms.maxBodyBytes(limit == null ? settings.maxBodyBytes() : limit);
    RequestView request = fetch.lookup().request();
    boolean gzip = terms(request).gzip();
    Refetch refetch =
        fetch.lookup().isCredentialed()
            ? null
            : learning.refetch(request.method(), request.path(), rule);
    return new Fill(this, fetch, observed, refetch, knownMisses, maxBytes, gzip, cache.mark());
  }

  /** Begins to copy the answer to a request that is observed. */
  public Fill fill(Observed observed) {
    return fill(new Decision.Fetch(Forward.OBSERVED, true, observed.lookup(), null), observed);
  }

  /** What is learned of endpoints. */
  public Learning learning() {
    return learning;
  }

  /** What is refreshed in the background. */
  public Refreshes refreshes() {
    return refreshes;
  }

  /** Whether other gateways may give an asker the same identity as this one. */
  public boolean isIdentitySecretShared() {
    return secret.isShared();
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
    return keyed(revalidation.confirmed(fetch, fill, head, reads), fetch);
  }

  /**
   * The stale answer in place of the application's error; null where there is none to give.
   *
   * @param status the error's status, 0 where the application threw or took too long
   */
  public Decision.@Nullable Serve insteadOfError(Decision.Fetch fetch, int status) {
    return keyed(revalidation.insteadOfError(fetch, status), fetch);
  }

  /**
   * The stale answer where the application is not to be asked; null where there is none to give.
   *
   * @param why the word for it
   */
  Decision.@Nullable Serve insteadOfAsking(Decision.Fetch fetch, String why) {
    Decision.Serve serve = keyed(revalidation.insteadOfAsking(fetch, why), fetch);
    if (serve != null) {
      counters.answeredStaleAfterAll();
    }
    return serve;
  }

  /** Whether what is not needed now is left undone. */
  boolean isEmergency() {
    return doorkeeper.isEmergency();
  }

  /** Who asks for a request's leave to go on to the application. */
  public Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  /** Which of the requests like this one are refused first. */
  Priority priority(RequestView request) {
    boolean ruled = hasPriorities && !RequestPath.isAmbiguous(request.path());
    CacheRule rule = ruled ? priorityRule(request) : null;
    return rule == null ? Priority.DEFAULT : rule.priority();
  }

  /** The method's own rule, else that for GET: what matters to read matters to change. */
  private @Nullable CacheRule priorityRule(RequestView request) {
    RuleSet current = rules;
    CacheRule own = current.match(request.method(), request.path());
    return own == null ? current.match("GET", request.path()) : own;
  }

  /**
   * Takes the answer to HEAD for what is stored for GET: it is freshened if the two agree, else
   * dropped (RFC 9111 §4.3.5).
   */
  public void answeredHead(Decision.Fetch fetch, ResponseHead head, ReadSet reads) {
    revalidation.answeredHead(fetch, head, reads);
  }

  /**
   * Whether an answer that has no body, to HEAD or a condition, stands for one that may be in gzip.
   */
  public boolean variesByCoding(Decision.Fetch fetch, ResponseHead head) {
    Lookup lookup = fetch.lookup();
    CacheRule rule = lookup.rule();
    boolean bodiless =
        head.status() == 304
            || (lookup.request().method().equals("HEAD") && Admission.mayBeGzipped(head));
    return bodiless && ((rule != null && rule.gzip()) || terms(lookup.request()).gzip());
  }

  private Lookup lookUp(RequestView request, @Nullable CacheRule rule, TieredCache.Reader reader) {
    return lookUp(request, rule, isIdentified(request, rule), reader);
  }

  private Lookup lookUp(
      RequestView request,
      @Nullable CacheRule rule,
      boolean identified,
      TieredCache.Reader reader) {
    NamePatterns alsoHarmless = rule == null ? null : rule.harmlessCookies();
    Lookup.Audience audience = audience(rule, identified);
    String identity =
        audience == Lookup.Audience.ONE ? credentials.identityOf(request, alsoHarmless) : null;
    String key = keys.of(request, rule, identity);
    Lookup lookup = store.find(request, rule, audience, key, conditionHabits.of(request), reader);
    if (lookup.stored() != null && !request.place().isEmpty()) {
      isInUse(key); // another gateway may have stored it
    }
    return lookup;
  }

  private void isInUse(String key) {
    if (!placesInUse && CacheKeys.hasPlace(key)) {
      placesInUse = true;
    } else if (!entryInUse && CacheKeys.isAtEntry(key)) {
      entryInUse = true;
    }
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

  /** The rule for a request. */
  @Nullable CacheRule ruleFor(RequestView request) {
    RuleSet current = rules;
    return current.rules().isEmpty() || RequestPath.isAmbiguous(request.path())
        ? null
        : current.match(request.bodyHash() == null ? "GET" : "POST", request.path());
  }

  @Nullable Refusal refusal(Fill fill, ResponseHead head, boolean identified) {
    return verdict(fill, head, identified).refusal();
  }

  /** Judges an answer as it stands. */
  Admission.Verdict verdict(Fill fill, ResponseHead head, boolean identified) {
    CacheRule rule = fill.rule();
    boolean told = fill.isPartitioned() || (rule != null && rule.ignoreCredentials());
    boolean ones = fill.isCredentialed() || (identified && !told);
    return admission.verdict(
        head, rule, fill.learned(head.status()), ones, fill.mark().millis(), clock.millis());
  }

  void refused(Fill fill, Refusal why) {
    counters.count(why);
    String entered = fill.enteredPath();
    if (entered != null && (why == Refusal.CREDENTIALS || why == Refusal.SET_COOKIE)) {
      entryPaths.leave(entered);
    }
    Refetch refetch = fill.refetch();
    Risk risk = why.risk();
    if (refetch != null && risk != null) {
      refetch.risk(risk);
    }
  }

  /** Stores an answer. Returns whether it could be. */
  boolean store(Fill fill, ResponseHead head, byte[] body, ReadSet reads, List<String> moreTags) {
    List<String> selecting = selecting(fill, head.fields(), reads);
    Refetch refetch = fill.refetch();
    if (refetch != null && head.status() != 206) {
      String key =
          selecting.isEmpty()
              ? fill.key()
              : CacheKeys.variant(fill.key(), selecting, fill.requestFields());
      refetch.answered(key, head.status(), body, fill.before(key));
    }
    StoredResponse response =
        admission.response(
            head,
            body,
            fill.rule(),
            fill.learned(head.status()),
            moreTags,
            fill.mark().millis(),
            clock.millis());
    if (response.gzipped() == null && fill.isGzipWanted() && Admission.mayBeGzipped(head)) {
      response = response.withGzipped(GzipVariant.of(body));
    }
    boolean stored = store.store(fill, selecting, response);
    if (stored) {
      isInUse(fill.key());
      boolean unkeyed =
          counters.readButNotKeyed(reads.read(fill.requestFields()), selecting, fill.rule());
      if (unkeyed && refetch != null) {
        refetch.risk(Risk.UNKEYED_FIELD);
      }
    }
    return stored;
  }

  /**
   * The fields that choose between the URL's answers: those that this answer's Vary names, those
   * that shape answers and were read, and those that chose before. More of them cost a miss, fewer
   * would give one's answer to another.
   */
  private List<String> selecting(Fill fill, Fields fields, ReadSet reads) {
    Set<String> shaping = reads.shaping(shapingFields, fill.requestFields());
    List<String> before = store.names(fill.key());
    if (shaping.isEmpty() && before.isEmpty() && !fields.contains("Vary")) {
      return List.of();
    }
    Set<String> names = Admission.names(fields, "Vary");
    names.addAll(shaping);
    names.addAll(before);
    CacheRule rule = fill.rule();
    if (rule != null) {
      rule.varyHeaders().forEach(name -> names.remove(name.toLowerCase(Locale.ROOT)));
    }
    return List.copyOf(names);
  }
}
