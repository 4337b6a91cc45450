package dev.slipstream.engine.optimize;

import dev.slipstream.engine.learn.Caution;
import dev.slipstream.engine.monitor.Forecast;
import dev.slipstream.engine.profile.BudgetBurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws recommendations for single endpoints. Pure.
 *
 * <p>To cache is only proposed where nothing was seen that forbids it; what calls for care is named
 * beside it.
 */
final class EndpointAdvice {
  private static final long MANY_LOOKUPS = 1_000;
  private static final double SELDOM = 0.01;
  private static final double SLOW_MILLIS = 2_000;
  private static final double FAULTY = 0.05;
  private static final double POOR = 0.5;
  private static final String STALE_WHILE_REVALIDATE = "stale_while_revalidate: 30s";
  private static final String STALE_IF_ERROR = "stale_if_error: 5m";
  private static final String QUICK = "hits take the time of the cache, not the backend's";
  private static final String STALE_FOR_ERRORS =
      "stale answers in place of errors, where something is stored";

  private final Facts facts;
  private final List<Recommendation> found = new ArrayList<>();

  private EndpointAdvice(Facts facts) {
    this.facts = facts;
  }

  /** All that the facts support. */
  static List<Recommendation> of(Facts facts) {
    EndpointAdvice advice = new EndpointAdvice(facts);
    facts.budgets().forEach(advice::budget);
    facts.measured().endpoints().values().forEach(advice::endpoint);
    return advice.found;
  }

  private void budget(BudgetState state) {
    String endpoint = state.endpoint();
    BudgetBurn burn = state.burn();
    Duration p95 = burn.budget().p95();
    Double slow = state.slowSurely();
    if (slow != null && p95 != null) {
      addCaching(
          "p95_budget",
          Recommendation.Severity.WARNING,
          "Its p95 budget is overdrawn: look at " + endpoint,
          "slower than "
              + p95.toMillis()
              + " ms: "
              + overdrawn(burn.slowLately(), burn.slowInTheHour(), burn.requestsLately(), slow),
          endpoint,
          STALE_WHILE_REVALIDATE,
          QUICK);
    }
    Double errors = state.errorsSurely();
    if (errors != null) {
      addCaching(
          "error_budget",
          Recommendation.Severity.CRITICAL,
          "Its error budget is overdrawn: look at the backend of " + endpoint,
          "failed or refused: "
              + overdrawn(
                  burn.errorsLately(), burn.errorsInTheHour(), burn.requestsLately(), errors),
          endpoint,
          STALE_IF_ERROR,
          STALE_FOR_ERRORS);
    }
    Forecast forecast = state.slow();
    if (slow == null && forecast != null) {
      addCaching(
          "p95_budget_trend",
          Recommendation.Severity.WARNING,
          "p95 budget at risk: look at what makes " + endpoint + " slower",
          Recommendations.told("p95 of " + endpoint, "ms, its budget,", forecast),
          endpoint,
          STALE_WHILE_REVALIDATE,
          QUICK);
    }
  }

  private static String overdrawn(
      @Nullable Double lately, @Nullable Double inTheHour, long requests, double confidence) {
    return String.format(
        Locale.ROOT,
        "%.1f times what may be of %d requests in the last 5 min, %.1f times in the last hour,"
            + " confidence %.2f",
        lately,
        requests,
        inTheHour,
        confidence);
  }

  private void endpoint(EndpointFigures one) {
    String endpoint = one.endpoint();
    if (one.lookups() >= MANY_LOOKUPS && one.hits() < SELDOM * one.lookups()) {
      add(
          "low_hit_rate",
          Recommendation.Severity.INFO,
          "Do not store the answers of " + endpoint,
          one.hits() + " of " + one.lookups() + " look-ups since the start found something",
          inRule("mode: pass", endpoint),
          "memory for endpoints where it brings hits");
    }
    if (one.requests() < EndpointRule.LEAST_REQUESTS) {
      return;
    }
    Double p95 = one.p95Millis();
    if (p95 != null && p95 > SLOW_MILLIS && endpoint.startsWith("GET ")) {
      boolean cached = one.lookups() > 0 && one.hits() > 0;
      boolean may = caution(endpoint).against() == null;
      addCaching(
          "slow_endpoint",
          Recommendation.Severity.WARNING,
          !may
              ? "Look at what makes " + endpoint + " slow"
              : (cached ? "Let stale answers stand in at " : "See whether a rule can cache ")
                  + endpoint,
          String.format(
              Locale.ROOT,
              "p95 %s of %d requests in a minute, hit rate %s",
              Metric.P95.format(p95),
              one.requests(),
              one.hitRate() == null ? "not measured" : Metric.HIT_RATE.format(one.hitRate())),
          endpoint,
          cached ? STALE_WHILE_REVALIDATE : "ttl: 10s",
          QUICK);
    }
    Double score = one.score();
    if (score != null && score < POOR) {
      add(
          "poor_endpoint",
          Recommendation.Severity.INFO,
          "Look at " + endpoint + " first",
          String.format(
              Locale.ROOT, "score %.2f of 1, %d requests in a minute", score, one.requests()),
          inRule("budget: {p95: 500ms, error_rate: 1%}", endpoint),
          "the score is measured by what you expect of it");
    }
    Double errors = one.errorRate();
    if (errors != null && errors > FAULTY) {
      addCaching(
          "faulty_endpoint",
          Recommendation.Severity.CRITICAL,
          "Look at the backend of " + endpoint,
          Metric.ERROR_RATE.format(errors)
              + " of "
              + one.requests()
              + " requests in a minute failed",
          endpoint,
          STALE_IF_ERROR,
          STALE_FOR_ERRORS);
    }
  }

  private Caution caution(String endpoint) {
    return facts.cautions().getOrDefault(endpoint, Caution.UNKNOWN);
  }

  /** Proposes something that has answers stored, unless that is not to be. */
  private void addCaching(
      String type,
      Recommendation.Severity severity,
      String message,
      String evidence,
      String endpoint,
      String option,
      String expected) {
    Caution caution = caution(endpoint);
    if (!endpoint.startsWith("GET ")) {
      add(type, severity, message, evidence, "", "");
    } else if (caution.against() != null) {
      add(
          type,
          severity,
          message,
          evidence + "; no case for caching: " + caution.against(),
          "",
          "");
    } else {
      String risks =
          caution.risks().isEmpty() ? "" : "; risk: " + String.join("; ", caution.risks());
      add(type, severity, message, evidence + risks, inRule(option, endpoint), expected);
    }
  }

  private static String inRule(String option, String endpoint) {
    String path = endpoint.substring(endpoint.indexOf(' ') + 1).replaceAll("\\{[^/}]*}", "*");
    return option + ", in a rule with pattern: " + path;
  }

  private void add(
      String type,
      Recommendation.Severity severity,
      String message,
      String evidence,
      String change,
      String expected) {
    found.add(new Recommendation(type, severity, message, evidence, change, expected));
  }
}
