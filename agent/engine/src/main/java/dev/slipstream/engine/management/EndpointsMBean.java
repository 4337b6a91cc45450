package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.BudgetReport;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.EndpointsMXBean;
import dev.slipstream.config.jmx.LatencyReport;
import dev.slipstream.config.rules.Budget;
import dev.slipstream.engine.profile.BudgetBurn;
import dev.slipstream.engine.profile.Endpoint;
import dev.slipstream.engine.profile.EndpointTotals;
import dev.slipstream.engine.profile.EndpointWindow;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.profile.Latency;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The endpoints, for JMX. */
final class EndpointsMBean implements EndpointsMXBean {
  private static final String ALL = "(all)";

  private final Endpoints endpoints;

  EndpointsMBean(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public List<EndpointReport> getEndpoints() {
    return endpoints.all().stream().map(EndpointsMBean::report).toList();
  }

  static EndpointReport report(Endpoint one) {
    EndpointTotals totals = one.totals();
    return report(
        one.name(),
        one.inFlight(),
        totals,
        totals.savedMillis(),
        one.window(),
        one.score(),
        report(one.burn()));
  }

  @Override
  public EndpointReport getTotal() {
    return report(
        ALL,
        endpoints.inFlight(),
        endpoints.totals(),
        endpoints.savedMillis(),
        endpoints.total(),
        endpoints.score(),
        null);
  }

  private static EndpointReport report(
      String name,
      int inFlight,
      EndpointTotals totals,
      @Nullable Double savedMillis,
      EndpointWindow window,
      @Nullable Double score,
      @Nullable BudgetReport budget) {
    Map<String, Long> outcomes = new TreeMap<>();
    totals
        .outcomes()
        .forEach((outcome, count) -> outcomes.put(outcome.name().toLowerCase(Locale.ROOT), count));
    return new EndpointReport(
        name,
        inFlight,
        totals.greatestInFlight(),
        totals.requests(),
        totals.clientErrors(),
        totals.serverErrors(),
        totals.staleAnswers(),
        totals.bytes(),
        totals.hitBytes(),
        outcomes,
        savedMillis,
        window.seconds(),
        window.requests(),
        perSecond(window.requests(), window),
        window.hits(),
        window.misses(),
        window.bypasses(),
        window.refused(),
        window.staleAnswers(),
        window.clientErrors(),
        window.serverErrors(),
        window.bytes(),
        report(window.all()),
        report(window.ofHits()),
        report(window.ofMisses()),
        score,
        budget);
  }

  private static LatencyReport report(Latency latency) {
    return new LatencyReport(
        latency.count(),
        latency.meanMillis(),
        latency.p50Millis(),
        latency.p95Millis(),
        latency.p99Millis(),
        latency.maxMillis());
  }

  private static @Nullable BudgetReport report(@Nullable BudgetBurn burn) {
    if (burn == null) {
      return null;
    }
    Budget budget = burn.budget();
    Duration p95 = budget.p95();
    return new BudgetReport(
        p95 == null ? null : Double.valueOf(p95.toNanos() / 1e6),
        budget.errorRate(),
        burn.slowLately(),
        burn.slowInTheHour(),
        burn.errorsLately(),
        burn.errorsInTheHour());
  }

  @Override
  public int getCount() {
    return endpoints.all().size();
  }

  @Override
  public int getInFlight() {
    return endpoints.inFlight();
  }

  @Override
  public @Nullable Double getRequestsPerSecond() {
    EndpointWindow window = endpoints.total();
    return perSecond(window.requests(), window);
  }

  @Override
  public @Nullable Double getP50Millis() {
    return endpoints.total().all().p50Millis();
  }

  @Override
  public @Nullable Double getP95Millis() {
    return endpoints.total().all().p95Millis();
  }

  @Override
  public @Nullable Double getP99Millis() {
    return endpoints.total().all().p99Millis();
  }

  @Override
  public @Nullable Double getMaxMillis() {
    return endpoints.total().all().maxMillis();
  }

  @Override
  public @Nullable Double getClientErrorRate() {
    EndpointWindow window = endpoints.total();
    return share(window.clientErrors(), window.requests());
  }

  @Override
  public @Nullable Double getServerErrorRate() {
    EndpointWindow window = endpoints.total();
    return share(window.serverErrors(), window.requests());
  }

  private static @Nullable Double share(long part, long all) {
    return Ratio.of(part, all - part);
  }

  @Override
  public @Nullable Double getHitRatio() {
    EndpointWindow window = endpoints.total();
    return Ratio.of(window.hits(), window.misses());
  }

  @Override
  public @Nullable Double getSavedMillis() {
    return endpoints.savedMillis();
  }

  @Override
  public @Nullable Double getBytesPerSecond() {
    EndpointWindow window = endpoints.total();
    return perSecond(window.bytes(), window);
  }

  private static @Nullable Double perSecond(long count, EndpointWindow window) {
    return window.seconds() == 0 ? null : Double.valueOf(count / window.seconds());
  }

  @Override
  public @Nullable Double getScore() {
    return endpoints.score();
  }

  @Override
  public Map<String, String> exportHistograms() {
    return endpoints.exported();
  }

  @Override
  public Map<String, String> exportTotalHistograms() {
    return endpoints.exportedTotal(ALL);
  }
}
