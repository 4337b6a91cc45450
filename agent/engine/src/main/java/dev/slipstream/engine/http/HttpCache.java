package dev.slipstream.engine.http;

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
import java.util.List;
import java.util.Locale;
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
          "cache-status",
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

  /** Begins the tag that every entry of a rule has. */
  private static final String RULE_TAG = "rule:";

  private final TieredCache cache;
  private final InstantSource clock;
  private final Executor background;
  private final CacheKeys keys;
  private final Credentials credentials;
  private final Duration defaultTtl;
  private final int maxBodyBytes;
  private final HttpCacheCounters counters = new HttpCacheCounters();
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
    this.keys = new CacheKeys(settings.cache().keyPrefix(), settings.cache().keyHost());
    this.credentials =
        new Credentials(settings.http().credentialHeaders(), settings.http().harmlessCookies());
    this.defaultTtl = settings.cache().defaultTtl();
    this.maxBodyBytes = settings.http().maxBodyBytes();
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

  /** Decides what is done with a request, and counts it. */
  public Decision decide(RequestView request) {
    Forward bypass = RequestPolicy.bypass(request);
    Decision decision;
    if (bypass != null) {
      decision = new Decision.Bypass(bypass);
    } else {
      decision = RequestPolicy.decide(lookUp(request), clock.millis());
    }
    counters.count(decision);
    return decision;
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
    return maxBodyBytes;
  }

  /** The rules whose entries a request makes invalid once it has succeeded. */
  public List<CacheRule> invalidatedBy(RequestView request) {
    return rules.invalidatedBy(request.method(), request.path());
  }

  /** Drops what rules have stored: from L1 at once, from L2 on a thread of ours. */
  public void invalidate(List<CacheRule> changed) {
    Set<String> tags = new HashSet<>();
    changed.forEach(rule -> tags.add(RULE_TAG + rule.name()));
    Invalidation invalidation = Invalidation.of(tags, Set.of());
    cache.invalidateMemory(invalidation);
    if (cache.redis() != null) {
      background.execute(() -> cache.invalidateRedis(invalidation));
    }
  }

  /** Begins to copy the answer to a request that is fetched and may be stored. */
  public Fill fill(Decision.Fetch fetch) {
    CacheRule rule = fetch.lookup().rule();
    Integer limit = rule == null ? null : rule.maxBodyBytes();
    int maxBytes = limit == null ? maxBodyBytes : limit;
    return new Fill(this, fetch.lookup(), maxBytes, cache.mark());
  }

  /** What the cache has done since the start. */
  public HttpCacheCounters counters() {
    return counters;
  }

  private Lookup lookUp(RequestView request) {
    CacheRule rule = ruleFor(request);
    NamePatterns alsoHarmless = rule == null ? null : rule.harmlessCookies();
    boolean identified =
        (rule == null || !rule.ignoreCredentials()) && credentials.presentIn(request, alsoHarmless);
    boolean partitioned = identified && rule != null && rule.cacheAuthenticated();
    String identity = partitioned ? credentials.identityOf(request, alsoHarmless) : null;
    String key = keys.of(request, rule, identity);

    CacheEntry found = cache.get(key);
    boolean varies = found instanceof VariantIndex;
    if (found instanceof VariantIndex index) {
      found = cache.get(CacheKeys.variant(key, index.names(), request.fields()));
    }
    StoredResponse stored = found instanceof StoredResponse response ? response : null;
    return new Lookup(request, rule, identified && !partitioned, partitioned, key, stored, varies);
  }

  private @Nullable CacheRule ruleFor(RequestView request) {
    RuleSet current = rules;
    return current.rules().isEmpty() || RequestPath.isAmbiguous(request.path())
        ? null
        : current.match(request.bodyHash() == null ? "GET" : "POST", request.path());
  }

  @Nullable Refusal refusal(Fill fill, ResponseHead head, boolean identified) {
    CacheControl stated = CacheControl.parse(head.fields().all("Cache-Control"));
    CacheRule rule = fill.rule();
    boolean told = fill.isPartitioned() || (rule != null && rule.ignoreCredentials());
    return StoragePolicy.refusal(
        head,
        stated,
        fill.isCredentialed() || (identified && !told),
        Freshness.lifetimeMillis(head, stated, rule, defaultTtl, clock.millis()));
  }

  void refused(Refusal why) {
    counters.count(why);
  }

  void store(Fill fill, ResponseHead head, byte[] body) {
    long now = clock.millis();
    Fields fields = head.fields();
    CacheControl stated = CacheControl.parse(fields.all("Cache-Control"));
    long lifetime = Freshness.lifetimeMillis(head, stated, fill.rule(), defaultTtl, now);
    long age = Freshness.initialAgeMillis(fields, fill.mark().millis(), now);
    if (lifetime <= age) {
      counters.count(Refusal.NOT_FRESH);
      return;
    }
    Set<String> notStored = names(fields, "Connection");
    notStored.addAll(NOT_STORED);
    StoredResponse response =
        new StoredResponse(
            head.status(),
            head.replaced().without(notStored::contains),
            head.appended().without(notStored::contains),
            body,
            fields.contains("Content-Length"),
            StoragePolicy.isExplicitlyShared(stated),
            Freshness.dateMillis(fields, now),
            age,
            now,
            lifetime,
            tags(fill.rule()));
    store(fill, List.copyOf(names(fields, "Vary")), response);
  }

  private void store(Fill fill, List<String> names, StoredResponse response) {
    String key = fill.key();
    if (!names.isEmpty()) {
      String variant = CacheKeys.variant(key, names, fill.requestFields());
      if (!index(fill, names, variant, response.expiresAtMillis())) {
        counters.count(Refusal.TOO_MANY_VARIANTS);
        return;
      }
      key = variant;
    }
    if (cache.put(key, response, fill.mark())) {
      counters.stored();
    } else {
      counters.count(Refusal.INVALIDATED);
    }
  }

  /** Enters a variant in its URL's index. Returns false where the index is full. */
  private boolean index(Fill fill, List<String> names, String variant, long expiresAtMillis) {
    boolean[] entered = {true};
    cache.update(
        fill.key(),
        fill.mark(),
        previous -> {
          List<String> variants = new ArrayList<>();
          long expiry = expiresAtMillis;
          if (previous instanceof VariantIndex old && old.names().equals(names)) {
            expiry = Math.max(expiry, old.expiresAtMillis());
            variants.addAll(old.variants());
            if (variants.size() >= VariantIndex.GREATEST_SIZE) {
              variants.removeIf(other -> !cache.isInMemory(other));
            }
          }
          if (!variants.contains(variant)) {
            if (variants.size() >= VariantIndex.GREATEST_SIZE) {
              entered[0] = false;
              return previous;
            }
            variants.add(variant);
          }
          return new VariantIndex(names, variants, fill.mark().millis(), expiry);
        });
    return entered[0];
  }

  /** A rule's own tags, and one that stands for the rule. */
  private static List<String> tags(@Nullable CacheRule rule) {
    if (rule == null) {
      return List.of();
    }
    List<String> tags = new ArrayList<>(rule.tags());
    tags.add(RULE_TAG + rule.name());
    return tags;
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
