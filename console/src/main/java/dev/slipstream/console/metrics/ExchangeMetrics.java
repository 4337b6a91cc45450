package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import java.util.List;
import java.util.Map;

/** All exchanges of a gateway together. */
final class ExchangeMetrics {
  private static final List<String> HIT = List.of("hit_");
  private static final List<String> MISS = List.of("miss_");
  private static final List<String> BYPASS = List.of("bypass_");
  private static final List<String> REFUSED = List.of("refused", "unavailable");

  private ExchangeMetrics() {}

  static void add(TargetFamilies to, EndpointReport total, HttpCacheMXBean http) {
    // Those that there were none of have a 0 here: without it nobody could ask how many became
    // none.
    addResult(to, "hit", count(total, HIT));
    addResult(to, "miss", count(total, MISS));
    addResult(to, "bypass", count(total, BYPASS));
    addResult(to, "refused", count(total, REFUSED));
    total
        .outcomes()
        .forEach(
            (outcome, count) ->
                to.counter(
                    "exchanges",
                    "Exchanges by how they were answered; none before the first of a kind",
                    count,
                    "outcome",
                    outcome));
    String failed = "Exchanges answered with 400 to 499 (client), or failed or with 500 (server)";
    to.counter("exchange_errors", failed, total.clientErrors(), "kind", "client");
    to.counter("exchange_errors", failed, total.serverErrors(), "kind", "server");
    to.counter("sent_bytes", "Bytes of bodies sent, as far as known", total.bytes());
    to.counter("hit_sent_bytes", "Bytes of bodies that hits sent", total.hitBytes());
    to.counter("stale_answers", "Exchanges answered with what was stale", total.staleAnswers());
    to.time(
        "saved_seconds",
        "Estimate of the time that hits saved since the start: hits x (mean of a miss - mean of a"
            + " hit) by endpoint; made anew with each miss and may fall, so take no rate of it",
        total.savedMillis());
    to.gauge("in_flight", "Exchanges that the application is at", total.inFlight());
    to.percentiles("response_time_seconds", "Time of exchanges, last minute", total.all());
    to.percentiles("hit_time_seconds", "Time of hits, last minute", total.ofHits());
    to.percentiles(
        "miss_time_seconds",
        "Time of exchanges that the application was asked for, last minute",
        total.ofMisses());
    http.getRefusals()
        .forEach(
            (reason, count) ->
                to.counter("refusals", "Answers not stored", count, "reason", reason));
  }

  private static void addResult(TargetFamilies to, String result, long count) {
    to.counter(
        "requests",
        "Exchanges answered without the application (hit), with it although the cache might have"
            + " (miss), without the cache (bypass), or without either (refused)",
        count,
        "result",
        result);
  }

  static long hits(EndpointReport endpoint) {
    return count(endpoint, HIT);
  }

  static long misses(EndpointReport endpoint) {
    return count(endpoint, MISS);
  }

  private static long count(EndpointReport endpoint, List<String> beginnings) {
    return endpoint.outcomes().entrySet().stream()
        .filter(one -> beginnings.stream().anyMatch(one.getKey()::startsWith))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
