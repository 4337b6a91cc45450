package dev.slipstream.engine.http;

import dev.slipstream.config.jmx.RuleTest;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RuleMode;
import dev.slipstream.config.rules.ServePlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the cache would do with a request that an operator makes up: the same decision, on what L1
 * holds, and nothing is done.
 */
public final class Trial {
  private final HttpCache cache;
  private final Duration defaultTtl;

  /**
   * Tries requests on a cache.
   *
   * @param defaultTtl the freshness lifetime for a rule without one
   */
  public Trial(HttpCache cache, Duration defaultTtl) {
    this.cache = cache;
    this.defaultTtl = defaultTtl;
  }

  /**
   * What would be done.
   *
   * @param url a path with its query, or an absolute URL
   * @param headers header fields by name
   * @throws IllegalArgumentException if it is no URL
   */
  public RuleTest test(String method, String url, Map<String, String> headers) {
    TrialRequest request = new TrialRequest(method, url, headers);
    if (cache.wantsBody(request)) {
      request.withEmptyBody();
    }
    if (cache.isServedAtEntry(request)) {
      request.enters();
    }
    CacheRule rule = cache.ruleFor(request);
    Decision decision = cache.foresee(request);
    Verdict verdict = verdict(decision, rule);
    boolean keyed =
        !(decision instanceof Decision.Bypass)
            && !(decision instanceof Decision.Observe observe && observe.observed() == null);
    return new RuleTest(
        rule == null ? null : rule.name(),
        keyed ? cache.keyOf(request) : null,
        verdict.decision(),
        verdict.reason()
            + where(request, rule)
            + (request.bodyHash() == null ? "" : "; the body counts, and was taken for empty"),
        keyed && rule != null && rule.coversStatus(200) ? seconds(rule) : null,
        method + ' ' + cache.endpointNames().of(request.path()),
        passedOver(request, rule));
  }

  private static String where(RequestView request, @Nullable CacheRule rule) {
    if (rule == null || rule.serveAt() != ServePlace.ENTRY) {
      return "";
    }
    return request.place().isEmpty()
        ? "; not at entry: the request or the rule is not for that, or filters set a cookie or look"
            + " at who is asking"
        : "; at entry, before the application's filters";
  }

  private Double seconds(CacheRule rule) {
    Duration own = rule.ttlFor(200);
    return (own == null ? defaultTtl : own).toMillis() / 1000.0;
  }

  private List<String> passedOver(RequestView request, @Nullable CacheRule rule) {
    if (RequestPath.isAmbiguous(request.path())) {
      return List.of("all: the path can be read in more than one way, so that no rule is tried");
    }
    String method = request.bodyHash() == null ? "GET" : "POST";
    List<String> passedOver = new ArrayList<>(cache.rules().passedOver(method, request.path()));
    if (rule == null && passedOver.isEmpty()) {
      return List.of("all: there are no rules");
    }
    return passedOver;
  }

  /** A word and a sentence. */
  private record Verdict(String decision, String reason) {}

  private static Verdict verdict(Decision decision, @Nullable CacheRule rule) {
    if (decision instanceof Decision.Serve serve) {
      boolean stale = serve.ttlSeconds() < 0;
      return new Verdict(
          stale ? "serve_stale" : "serve",
          stale
              ? "what is stored is stale since " + -serve.ttlSeconds() + " s, and may still answer"
              : "what is stored is fresh for " + serve.ttlSeconds() + " s more");
    }
    if (decision instanceof Decision.Fetch fetch) {
      String why = why(fetch.why());
      if (fetch.validation() != null) {
        return new Verdict("validate", why + "; the application is asked whether it still holds");
      }
      return fetch.store()
          ? new Verdict("fetch", why + "; its answer is stored if it may be")
          : new Verdict(
              "pass", why + "; its answer is not stored, which the request or a rule says");
    }
    if (decision instanceof Decision.Observe observe) {
      String who =
          rule != null && rule.mode() == RuleMode.OBSERVE ? "the rule has" : "the settings have";
      return new Verdict(
          "observe",
          observe.observed() == null
              ? who + " the cache observe; it would take no part"
              : who + " the cache observe: the application answers, and it is counted");
    }
    if (decision instanceof Decision.Bypass bypass) {
      return new Verdict("bypass", why(bypass.why()));
    }
    return new Verdict("unavailable", "the request wants only what is stored, and nothing is: 504");
  }

  private static String why(Forward why) {
    return switch (why) {
      case METHOD -> "the cache answers GET and HEAD, and POST where a rule says so";
      case PRECONDITION -> "the request has If-Match or If-Unmodified-Since";
      case OBSERVED -> "the cache only observes";
      case RULE -> "the rule has mode: pass";
      case CONDITION -> "a condition under bypass of the rule holds";
      case PARTIAL -> "a part of the body is stored, and another is asked for";
      case CREDENTIALS ->
          "the request says who is asking, and only what is marked as shared may answer it";
      case BODY -> "the request has a body that is no part of the key";
      case UPGRADE -> "the request asks for another protocol";
      case WRITER_TAKEN -> "a filter has taken the response's writer";
      case NOT_STORED -> "the URL's answers were not fit to be stored, time after time";
      case URI_MISS -> "nothing is stored for the URL in this process; L2 was not asked";
      case VARY_MISS -> "the URL is stored, but not for these request fields";
      case STALE -> "what is stored is too old";
      case REQUEST -> "the request does not accept what is stored";
    };
  }
}
