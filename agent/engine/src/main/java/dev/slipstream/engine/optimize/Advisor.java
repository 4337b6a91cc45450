package dev.slipstream.engine.optimize;

import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.ObservedEndpoint;
import dev.slipstream.config.jmx.RecommendationReport;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.learn.Caution;
import dev.slipstream.engine.monitor.Forecast;
import dev.slipstream.engine.monitor.SystemMonitor;
import dev.slipstream.engine.monitor.Trend;
import dev.slipstream.engine.profile.BudgetBurn;
import dev.slipstream.engine.profile.Endpoint;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.redis.RedisTier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how the gateway does and what an operator should do, from what was measured until now. */
public final class Advisor {
  private static final int PRIORITIES = 3;
  private static final double FULL_PERCENT = 95;
  private static final long HOUR_MILLIS = 3_600_000;

  private final Optimizer optimizer;
  private final GcRelief relief;
  private final Settings settings;
  private final TieredCache cache;
  private final HttpCache httpCache;
  private final SystemMonitor monitor;
  private final Endpoints endpoints;
  private final InstantSource clock;

  Advisor(
      Optimizer optimizer,
      GcRelief relief,
      Settings settings,
      TieredCache cache,
      HttpCache httpCache,
      SystemMonitor monitor,
      Endpoints endpoints,
      InstantSource clock) {
    this.optimizer = optimizer;
    this.relief = relief;
    this.settings = settings;
    this.cache = cache;
    this.httpCache = httpCache;
    this.monitor = monitor;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  /** What an operator should do, the weightiest first. */
  List<Recommendation> recommendations() {
    return Recommendations.of(facts());
  }

  /** The same for JMX. */
  public List<RecommendationReport> recommendationReports() {
    return recommendations().stream().map(Reports::of).toList();
  }

  /** The first of these, each with the line to change. */
  public List<String> priorityActions() {
    return recommendations().stream()
        .filter(one -> one.severity() != Recommendation.Severity.INFO)
        .limit(PRIORITIES)
        .map(
            one ->
                one.message()
                    + (one.change().isEmpty() ? "" : ": " + one.change())
                    + " ("
                    + one.evidence()
                    + ")")
        .toList();
  }

  /** How well the gateway does as a whole. */
  public Score score() {
    Settings.Performance performance = settings.performance();
    return Score.of(
        optimizer.latest(),
        performance.cpuThresholdPercent(),
        performance.memoryThresholdPercent());
  }

  private Facts facts() {
    Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    for (Refusal why : Refusal.values()) {
      refusals.put(why, httpCache.counters().refusals(why));
    }
    long now = clock.millis();
    int observed = 0;
    for (ActivationReport one : optimizer.activationReports()) {
      observed += one.observed() && now - one.beganAtMillis() < HOUR_MILLIS ? 1 : 0;
    }
    RedisTier redis = cache.redis();
    return new Facts(
        settings,
        optimizer.latest(),
        cache.memoryStatistics(),
        httpCache.counters().stores(),
        refusals,
        httpCache.counters().unkeyedFields(),
        redis == null ? "" : redis.unavailableReason(),
        relief.advice(),
        suspended(),
        observed,
        optimizer.activeMillis("emergency_mode"),
        outlook(),
        budgets(),
        cautions());
  }

  private List<BudgetState> budgets() {
    List<BudgetState> budgets = new ArrayList<>();
    for (Endpoint one : endpoints.all()) {
      BudgetBurn burn = one.burn();
      if (burn != null) {
        budgets.add(new BudgetState(one.name(), burn, one.budgetForecast()));
      }
    }
    return budgets;
  }

  private Map<String, Caution> cautions() {
    Map<String, ObservedEndpoint> observed = new HashMap<>();
    httpCache.observations().all().forEach(one -> observed.put(one.endpoint(), one));
    Map<String, Caution> cautions = new HashMap<>();
    for (String name : optimizer.latest().endpoints().keySet()) {
      cautions.put(name, httpCache.learning().caution(name, observed.get(name)));
    }
    return cautions;
  }

  private List<String> suspended() {
    return optimizer.ruleStates().stream()
        .filter(rule -> !rule.suspendedReason().isEmpty())
        .map(rule -> rule.name() + ": " + rule.suspendedReason())
        .toList();
  }

  private Outlook outlook() {
    return new Outlook(
        forecast(dev.slipstream.engine.monitor.Metric.MEMORY, FULL_PERCENT),
        forecast(dev.slipstream.engine.monitor.Metric.L1_MEMORY, FULL_PERCENT),
        forecast(dev.slipstream.engine.monitor.Metric.RESPONSE_TIME_P95, Score.GOOD_P95_MILLIS));
  }

  private @Nullable Forecast forecast(dev.slipstream.engine.monitor.Metric metric, double level) {
    return Trend.of(monitor.history().series(metric, Trend.WINDOW, clock.instant()))
        .filter(trend -> trend.perMinute() > 0)
        .flatMap(trend -> trend.reaches(level))
        .orElse(null);
  }
}
