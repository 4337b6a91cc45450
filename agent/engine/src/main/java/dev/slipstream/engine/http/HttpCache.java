package dev.slipstream.engine.http;

import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.MemoryTier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
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

  private final MemoryTier memory;
  private final InstantSource clock;
  private final CacheKeys keys;
  private final Credentials credentials;
  private final Duration defaultTtl;
  private final int maxBodyBytes;
  private final HttpCacheCounters counters = new HttpCacheCounters();
  private final AtomicLong epoch = new AtomicLong();
  private volatile RuleSet rules = RuleSet.EMPTY;

  /** Makes a cache on a tier. */
  public HttpCache(Settings settings, MemoryTier memory, InstantSource clock) {
    this.memory = memory;
    this.clock = clock;
    this.keys = new CacheKeys(settings.cache().keyPrefix(), settings.cache().keyHost());
    this.credentials =
        new Credentials(settings.http().credentialHeaders(), settings.http().harmlessCookies());
    this.defaultTtl = settings.cache().defaultTtl();
    this.maxBodyBytes = settings.http().maxBodyBytes();
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

  /** Begins to copy the answer to a request that is fetched and may be stored. */
  public Fill fill(Decision.Fetch fetch) {
    CacheRule rule = fetch.lookup().rule();
    Integer limit = rule == null ? null : rule.maxBodyBytes();
    int maxBytes = limit == null ? maxBodyBytes : limit;
    return new Fill(this, fetch.lookup(), maxBytes, clock.millis(), epoch.get());
  }

  /** What the cache has done since the start. */
  public HttpCacheCounters counters() {
    return counters;
  }

  /**
   * Drops all that is stored, and all that is being filled. Returns how many entries there were.
   */
  public long flush() {
    epoch.incrementAndGet();
    return memory.clear();
  }

  private Lookup lookUp(RequestView request) {
    CacheRule rule = ruleFor(request);
    boolean identified =
        (rule == null || !rule.ignoreCredentials())
            && credentials.presentIn(request, rule == null ? null : rule.harmlessCookies());
    boolean partitioned = identified && rule != null && rule.cacheAuthenticated();
    String key = keys.of(request, rule, partitioned ? credentials.identityOf(request) : null);

    CacheEntry found = memory.find(key);
    boolean varies = found instanceof VariantIndex;
    if (found instanceof VariantIndex index) {
      found = memory.find(CacheKeys.variant(key, index.names(), request.fields()));
    }
    StoredResponse stored = found instanceof StoredResponse response ? response : null;
    memory.count(stored != null);
    return new Lookup(request, rule, identified && !partitioned, key, stored, varies);
  }

  private @Nullable CacheRule ruleFor(RequestView request) {
    RuleSet current = rules;
    return current.rules().isEmpty() || RequestPath.isAmbiguous(request.path())
        ? null
        : current.match("GET", request.path());
  }

  @Nullable Refusal refusal(Fill fill, ResponseHead head, boolean identified) {
    CacheControl stated = CacheControl.parse(head.fields().all("Cache-Control"));
    CacheRule rule = fill.rule();
    boolean told = rule != null && (rule.cacheAuthenticated() || rule.ignoreCredentials());
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
    long age = Freshness.initialAgeMillis(fields, fill.startedAtMillis(), now);
    if (lifetime <= age) {
      counters.count(Refusal.NOT_FRESH);
      return;
    }
    StoredResponse response =
        new StoredResponse(
            head.status(),
            head.replaced().without(NOT_STORED::contains),
            head.appended().without(NOT_STORED::contains),
            body,
            fields.contains("Content-Length"),
            StoragePolicy.isExplicitlyShared(stated),
            Freshness.dateMillis(fields, now),
            age,
            now,
            lifetime);
    store(fill, varyNames(fields), response);
  }

  private void store(Fill fill, List<String> names, StoredResponse response) {
    if (fill.epoch() != epoch.get()) {
      counters.count(Refusal.FLUSHED);
      return;
    }
    String key = fill.key();
    if (!names.isEmpty()) {
      String variant = CacheKeys.variant(key, names, fill.requestFields());
      if (!index(key, names, variant, response.expiresAtMillis())) {
        counters.count(Refusal.TOO_MANY_VARIANTS);
        return;
      }
      key = variant;
    }
    memory.put(key, response);
    if (fill.epoch() != epoch.get()) {
      memory.remove(key); // flushed between the check and the put
      counters.count(Refusal.FLUSHED);
      return;
    }
    counters.stored();
  }

  /** Enters a variant in its URL's index. Returns false where the index is full. */
  private boolean index(String key, List<String> names, String variant, long expiresAtMillis) {
    boolean[] entered = {true};
    memory.update(
        key,
        previous -> {
          List<String> variants = new ArrayList<>();
          long expiry = expiresAtMillis;
          if (previous instanceof VariantIndex old && old.names().equals(names)) {
            expiry = Math.max(expiry, old.expiresAtMillis());
            variants.addAll(old.variants());
            if (variants.size() >= VariantIndex.GREATEST_SIZE) {
              variants.removeIf(other -> !memory.contains(other));
            }
          }
          if (!variants.contains(variant)) {
            if (variants.size() >= VariantIndex.GREATEST_SIZE) {
              entered[0] = false;
              return previous;
            }
            variants.add(variant);
          }
          return new VariantIndex(names, variants, expiry);
        });
    return entered[0];
  }

  /** The distinct lower-case names in Vary, in alphabetical order. */
  private static List<String> varyNames(Fields fields) {
    Set<String> names = new TreeSet<>();
    for (String line : fields.all("Vary")) {
      for (String name : line.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return List.copyOf(names);
  }
}
