package dev.slipstream.config.rules;

import dev.slipstream.config.NamePatterns;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator's rule: which requests it is for and how their responses are cached.
 *
 * @param name unique in its file
 * @param pattern the paths
 * @param methods the methods: of GET, HEAD and POST, or any where nothing is cached
 * @param mode what the cache does with the requests
 * @param ttl the freshness lifetime; null for the setting {@code cache_default_ttl}
 * @param ttlByStatus the freshness lifetime for responses of a status, before {@code ttl}
 * @param statuses the response statuses the rule is for; those of {@code ttlByStatus} are added
 * @param varyHeaders request fields that choose the variant, whatever the response's Vary says
 * @param cachePost whether POST is cached, with the body in the key
 * @param cacheAuthenticated whether requests with credentials are cached, each identity apart
 * @param ignoreCredentials whether credentials do not matter: one answer for everyone
 * @param staleWhileRevalidate how long a stale answer is served while a fresh one is fetched (RFC
 *     5861, section 3); null where the rule does not say
 * @param staleIfError how long a stale answer is served while the application cannot answer (RFC
 *     5861, section 4); null where the rule does not say
 * @param neverStale whether a stale answer is never served, not even while the backend is down
 * @param bypass requests with any of these are not answered from what is stored; what they fetch
 *     may be stored
 * @param noStore the answers to requests with any of these are not stored
 * @param invalidateOn requests that make all that the rule has cached invalid
 * @param tags tags of each entry, to invalidate by
 * @param origin whose freshness lifetime counts
 * @param ignoreQuery query parameters that are not part of the key
 * @param sortQuery whether the order of query parameters does not matter for the key
 * @param harmlessCookies cookies that are no credentials here, beside those of the settings
 * @param maxBodyBytes the largest body captured, in bytes; null for the setting {@code max_body}
 * @param gzip whether stored answers go out gzip-encoded to clients that accept it
 * @param serveAt where in the web application stored answers are given
 * @param writtenThrough whether a request that fills the cache waits, within L2's budget, until L2
 *     has the answer too
 * @param priority which requests are refused first where not all can be answered
 * @param budget how slow and how faulty the endpoints may be; null where the rule does not say
 * @param adaptiveTtl within which bounds the freshness lifetime follows how often answers change;
 *     null where it does not
 * @param enabled false: the rule is skipped
 */
public record CacheRule(
    String name,
    PathPattern pattern,
    List<String> methods,
    RuleMode mode,
    @Nullable Duration ttl,
    Map<Integer, Duration> ttlByStatus,
    List<Integer> statuses,
    List<String> varyHeaders,
    boolean cachePost,
    boolean cacheAuthenticated,
    boolean ignoreCredentials,
    @Nullable Duration staleWhileRevalidate,
    @Nullable Duration staleIfError,
    boolean neverStale,
    List<RequestCondition> bypass,
    List<RequestCondition> noStore,
    List<InvalidationTrigger> invalidateOn,
    List<String> tags,
    OriginPolicy origin,
    NamePatterns ignoreQuery,
    boolean sortQuery,
    NamePatterns harmlessCookies,
    @Nullable Integer maxBodyBytes,
    boolean gzip,
    ServePlace serveAt,
    boolean writtenThrough,
    Priority priority,
    @Nullable Budget budget,
    @Nullable AdaptiveTtl adaptiveTtl,
    boolean enabled) {

  public CacheRule {
    Objects.requireNonNull(pattern);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(origin);
    Objects.requireNonNull(serveAt);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(ignoreQuery);
    Objects.requireNonNull(harmlessCookies);
    methods = List.copyOf(methods);
    ttlByStatus = Collections.unmodifiableMap(new TreeMap<>(ttlByStatus));
    statuses = Stream.concat(statuses.stream(), ttlByStatus.keySet().stream()).distinct().toList();
    varyHeaders = List.copyOf(varyHeaders);
    bypass = List.copyOf(bypass);
    noStore = List.copyOf(noStore);
    invalidateOn = List.copyOf(invalidateOn);
    tags = List.copyOf(tags);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a rule has a name");
    }
    if (methods.isEmpty() || statuses.isEmpty()) {
      throw new IllegalArgumentException("a rule is for some method and some status");
    }
    if (mode != RuleMode.PASS && methods.contains("POST") != cachePost) {
      throw new IllegalArgumentException("POST and cachePost go together");
    }
    if (cacheAuthenticated && ignoreCredentials) {
      throw new IllegalArgumentException("credentials either matter or do not");
    }
    if (ttlByStatus.values().stream().anyMatch(lifetime -> !isPositive(lifetime))) {
      throw new IllegalArgumentException("a freshness lifetime is longer than zero");
    }
    if (isNegative(staleWhileRevalidate) || isNegative(staleIfError)) {
      throw new IllegalArgumentException("a time of staleness is not below zero");
    }
    if (neverStale && (isPositive(staleWhileRevalidate) || isPositive(staleIfError))) {
      throw new IllegalArgumentException("never stale and stale for a time");
    }
  }

  /**
   * Returns what the application's code says of the responses of one method: a lifetime where the
   * response states none, and tags. Its pattern is never asked.
   *
   * @param name the method
   * @param ttl the freshness lifetime; null for the setting
   */
  public static CacheRule ofMethod(String name, @Nullable Duration ttl, List<String> tags) {
    return new CacheRule(
        name,
        PathPattern.ANY,
        List.of("GET", "HEAD"),
        RuleMode.SERVE,
        ttl,
        Map.of(),
        List.of(200),
        List.of(),
        false,
        false,
        false,
        null,
        null,
        false,
        List.of(),
        List.of(),
        List.of(),
        tags,
        OriginPolicy.RESPECT,
        NamePatterns.NONE,
        false,
        NamePatterns.NONE,
        null,
        false,
        ServePlace.SERVLET,
        false,
        Priority.DEFAULT,
        null,
        null,
        true);
  }

  private static boolean isPositive(@Nullable Duration duration) {
    return duration != null && !duration.isNegative() && !duration.isZero();
  }

  private static boolean isNegative(@Nullable Duration duration) {
    return duration != null && duration.isNegative();
  }

  /** Returns whether the rule is for such a request; allocates nothing. */
  boolean matches(String method, String path) {
    return methods.contains(method) && pattern.matches(path);
  }

  /** Returns why the rule is not for such a request. */
  String whyNot(String method, String path) {
    if (!enabled) {
      return "enabled: false";
    }
    return methods.contains(method)
        ? "the path is not of " + pattern
        : "the method is none of " + String.join(", ", methods);
  }

  /** Returns whether the rule is for a response of that status; allocates nothing. */
  public boolean coversStatus(int status) {
    for (int i = 0; i < statuses.size(); i++) {
      if (statuses.get(i) == status) {
        return true;
      }
    }
    return false;
  }

  /** Returns the rule's freshness lifetime for a status; null for the setting's. */
  public @Nullable Duration ttlFor(int status) {
    Duration own = ttlByStatus.get(status);
    return own == null ? ttl : own;
  }

  /** Returns whether such a request, once it succeeded, makes this rule's entries invalid. */
  boolean isInvalidatedBy(String method, String path) {
    for (int i = 0; i < invalidateOn.size(); i++) {
      if (invalidateOn.get(i).matches(method, path)) {
        return true;
      }
    }
    return false;
  }
}
