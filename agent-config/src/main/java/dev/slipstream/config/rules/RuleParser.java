package dev.slipstream.config.rules;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.Problem;
import dev.slipstream.config.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads one rule of a rules file. */
final class RuleParser {

  private static final List<String> READ = List.of("GET", "HEAD");
  private static final List<String> READ_AND_POST = List.of("GET", "HEAD", "POST");

  private final RuleNodes<RuleKey> nodes;

  RuleParser(String fileName, MappingNode node, Problems problems) {
    this.nodes = new RuleNodes<>(RuleKey.class, fileName, node, problems);
  }

  /**
   * Returns the rule, or null after a problem.
   *
   * @param names the names of the rules so far; this one's is added
   */
  @Nullable CacheRule parse(Set<String> names) {
    String name = nodes.required(RuleKey.NAME, RuleTypes.NAME);
    PathPattern pattern = nodes.required(RuleKey.PATTERN, RuleTypes.PATTERN);
    boolean cachePost = flag(RuleKey.CACHE_POST, false);
    RuleMode mode = nodes.optional(RuleKey.MODE, RuleTypes.MODE, RuleMode.SERVE);
    List<String> methods = methods(mode, cachePost);
    Duration ttl = nodes.optional(RuleKey.TTL, RuleTypes.TTL);
    Map<Integer, Duration> ttlByStatus =
        nodes.map(RuleKey.TTL_BY_STATUS, RuleTypes.STATUS, RuleTypes.TTL, "404: 10s");
    List<Integer> statuses = nodes.list(RuleKey.STATUSES, RuleTypes.STATUS, List.of(200));
    List<String> varyHeaders = nodes.list(RuleKey.VARY_HEADERS, RuleTypes.FIELD_NAME, List.of());
    boolean cacheAuthenticated = flag(RuleKey.CACHE_AUTHENTICATED, false);
    boolean ignoreCredentials = flag(RuleKey.IGNORE_CREDENTIALS, false);
    Duration staleWhileRevalidate =
        nodes.optional(RuleKey.STALE_WHILE_REVALIDATE, RuleTypes.STALENESS);
    Duration staleIfError = nodes.optional(RuleKey.STALE_IF_ERROR, RuleTypes.STALENESS);
    boolean neverStale = flag(RuleKey.NEVER_STALE, false);
    List<RequestCondition> bypass = nodes.list(RuleKey.BYPASS, RuleTypes.CONDITION, List.of());
    List<RequestCondition> noStore = nodes.list(RuleKey.NO_STORE, RuleTypes.CONDITION, List.of());
    List<InvalidationTrigger> invalidateOn =
        nodes.list(RuleKey.INVALIDATE_ON, RuleTypes.TRIGGER, List.of());
    List<String> tags = nodes.list(RuleKey.TAGS, RuleTypes.TAG, List.of());
    OriginPolicy origin = nodes.optional(RuleKey.ORIGIN, RuleTypes.ORIGIN, OriginPolicy.RESPECT);
    NamePatterns ignoreQuery = patterns(RuleKey.IGNORE_QUERY);
    boolean sortQuery = flag(RuleKey.SORT_QUERY, false);
    NamePatterns harmlessCookies = patterns(RuleKey.HARMLESS_COOKIES);
    Integer maxBody = nodes.optional(RuleKey.MAX_BODY, RuleTypes.MAX_BODY);
    boolean gzip = flag(RuleKey.GZIP, false);
    ServePlace serveAt =
        nodes.optional(RuleKey.SERVE_AT, RuleTypes.SERVE_PLACE, ServePlace.SERVLET);
    boolean writtenThrough = nodes.optional(RuleKey.WRITE, RuleTypes.WRITTEN_THROUGH, false);
    Priority priority = nodes.optional(RuleKey.PRIORITY, RuleTypes.PRIORITY, Priority.DEFAULT);
    Budget budget = budget();
    AdaptiveTtl adaptiveTtl = adaptiveTtl();
    boolean enabled = flag(RuleKey.ENABLED, true);

    checkName(name, names);
    if (mode != RuleMode.PASS) {
      checkPost(methods, cachePost);
    }
    checkCredentials(cacheAuthenticated, ignoreCredentials);
    checkStaleness(RuleKey.STALE_WHILE_REVALIDATE, staleWhileRevalidate, neverStale);
    checkStaleness(RuleKey.STALE_IF_ERROR, staleIfError, neverStale);
    if (nodes.failed() || name == null || pattern == null) {
      return null;
    }
    return new CacheRule(
        name,
        pattern,
        methods,
        mode,
        ttl,
        ttlByStatus,
        statuses,
        varyHeaders,
        cachePost,
        cacheAuthenticated,
        ignoreCredentials,
        staleWhileRevalidate,
        staleIfError,
        neverStale,
        bypass,
        noStore,
        invalidateOn,
        tags,
        origin,
        ignoreQuery,
        sortQuery,
        harmlessCookies,
        maxBody,
        gzip,
        serveAt,
        writtenThrough,
        priority,
        budget,
        adaptiveTtl,
        enabled);
  }

  private List<String> methods(RuleMode mode, boolean cachePost) {
    return mode == RuleMode.PASS
        ? nodes.list(RuleKey.METHODS, RuleTypes.ANY_METHOD, RuleTypes.METHODS)
        : nodes.list(RuleKey.METHODS, RuleTypes.METHOD, cachePost ? READ_AND_POST : READ);
  }

  private @Nullable Budget budget() {
    RuleNodes<BudgetKey> within =
        nodes.within(RuleKey.BUDGET, BudgetKey.class, RuleTypes.BUDGET_EXAMPLE);
    if (within == null) {
      return null;
    }
    Duration p95 = within.optional(BudgetKey.P95, RuleTypes.LONGEST_RESPONSE);
    Double errorRate = within.optional(BudgetKey.ERROR_RATE, RuleTypes.ERROR_RATE);
    if (p95 == null && errorRate == null && !within.failed()) {
      nodes.problem(
          RuleKey.BUDGET, "is empty", "{" + RuleTypes.BUDGET_EXAMPLE + "}, or one of them");
    }
    return within.failed() || nodes.failed() ? null : new Budget(p95, errorRate);
  }

  private @Nullable AdaptiveTtl adaptiveTtl() {
    if (!nodes.isMap(RuleKey.ADAPTIVE_TTL)) {
      boolean adaptive = nodes.optional(RuleKey.ADAPTIVE_TTL, RuleTypes.ADAPTIVE, false);
      return adaptive ? AdaptiveTtl.DEFAULT : null;
    }
    RuleNodes<AdaptiveTtlKey> within =
        nodes.within(RuleKey.ADAPTIVE_TTL, AdaptiveTtlKey.class, RuleTypes.ADAPTIVE_EXAMPLE);
    if (within == null) {
      return null;
    }
    AdaptiveTtl absent = AdaptiveTtl.DEFAULT;
    double staleness =
        within.optional(AdaptiveTtlKey.STALENESS, RuleTypes.STALE_SHARE, absent.staleness());
    Duration min = within.optional(AdaptiveTtlKey.MIN, RuleTypes.TTL, absent.min());
    Duration max = within.optional(AdaptiveTtlKey.MAX, RuleTypes.TTL);
    if (max != null && max.compareTo(min) < 0) {
      within.problem(AdaptiveTtlKey.MAX, "is shorter than min", "a time from min on");
    }
    return within.failed() ? null : new AdaptiveTtl(staleness, min, max);
  }

  private boolean flag(RuleKey key, boolean absent) {
    return nodes.optional(key, RuleTypes.FLAG, absent);
  }

  private NamePatterns patterns(RuleKey key) {
    return new NamePatterns(nodes.list(key, RuleTypes.NAME_PATTERN, List.of()));
  }

  private void checkName(@Nullable String name, Set<String> names) {
    if (name != null && !names.add(name)) {
      nodes.problem(
          RuleKey.NAME,
          Problem.quote(name) + " is the name of another rule",
          "a name of its own for each rule");
    }
  }

  private void checkPost(List<String> methods, boolean cachePost) {
    if (methods.contains("POST") != cachePost) {
      nodes.problem(
          cachePost ? RuleKey.CACHE_POST : RuleKey.METHODS,
          cachePost ? "true without POST in methods" : "POST without cache_post: true",
          "both or neither");
    }
  }

  private void checkCredentials(boolean cacheAuthenticated, boolean ignoreCredentials) {
    if (cacheAuthenticated && ignoreCredentials) {
      nodes.problem(
          RuleKey.IGNORE_CREDENTIALS,
          "true beside cache_authenticated: true",
          "one of the two: an answer for each identity, or one for everyone");
    }
  }

  private void checkStaleness(RuleKey key, @Nullable Duration staleness, boolean neverStale) {
    if (neverStale && staleness != null && !staleness.isZero()) {
      nodes.problem(key, "a time beside never_stale: true", "0s, or never_stale: false");
    }
  }
}
