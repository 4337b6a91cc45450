package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.BudgetReport;
import dev.slipstream.config.jmx.EndpointReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The busiest endpoints of a gateway. */
final class EndpointMetrics {
  private static final int MOST = 100;

  private EndpointMetrics() {}

  static void add(TargetFamilies to, List<EndpointReport> busiestFirst) {
    busiestFirst.stream().limit(MOST).forEach(endpoint -> add(to, endpoint));
  }

  private static void add(TargetFamilies to, EndpointReport endpoint) {
    String[] name = {"endpoint", endpoint.endpoint()};
    to.counter("endpoint_requests", "Exchanges of an endpoint", endpoint.requests(), name);
    to.counter(
        "endpoint_errors",
        "Exchanges of an endpoint that failed or got 500 to 599",
        endpoint.serverErrors(),
        name);
    to.counter(
        "endpoint_hits",
        "Exchanges of an endpoint answered from the cache",
        ExchangeMetrics.hits(endpoint),
        name);
    to.counter(
        "endpoint_misses",
        "Exchanges of an endpoint that the cache might have answered and did not",
        ExchangeMetrics.misses(endpoint),
        name);
    to.time(
        "endpoint_saved_seconds",
        "Estimate of the time that an endpoint's hits saved since the start; may fall",
        endpoint.savedMillis(),
        name);
    to.gauge(
        "endpoint_in_flight",
        "Exchanges of an endpoint that the application is at",
        endpoint.inFlight(),
        name);
    to.percentiles(
        "endpoint_response_time_seconds",
        "Time of an endpoint's exchanges, last minute",
        endpoint.all(),
        name);
    BudgetReport budget = endpoint.budget();
    if (budget != null) {
      addBurn(to, endpoint.endpoint(), "slow", "5m", budget.slowLately());
      addBurn(to, endpoint.endpoint(), "slow", "1h", budget.slowInTheHour());
      addBurn(to, endpoint.endpoint(), "errors", "5m", budget.errorsLately());
      addBurn(to, endpoint.endpoint(), "errors", "1h", budget.errorsInTheHour());
    }
  }

  private static void addBurn(
      TargetFamilies to, String endpoint, String kind, String window, @Nullable Double burn) {
    to.gauge(
        "endpoint_budget_burn_ratio",
        "Share of exchanges that were too slow or failed over the share that may be; above 1 the"
            + " budget is overdrawn",
        burn,
        "endpoint",
        endpoint,
        "kind",
        kind,
        "window",
        window);
  }
}
