package com.example.gateway;

import static java.util.stream.Collectors.joining;

import jakarta.ws.rs.core.Configuration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** The number of requests answered so far, by route and status. Safe for use by many threads. */
final class Traffic {

  /** What a request is counted under. */
  record Outcome(String route, int status) {}

  private static final Comparator<Outcome> ORDER =
      Comparator.comparing(Outcome::route).thenComparingInt(Outcome::status);

  private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();

  /** The counts that a JAX-RS application carries as a property. */
  static Traffic of(Configuration configuration) {
    return (Traffic) configuration.getProperty(Traffic.class.getName());
  }

  void count(Outcome outcome) {
    counts.computeIfAbsent(outcome, o -> new LongAdder()).increment();
  }

  /** The number of requests that went to a route. */
  long requests(String route) {
    return total(outcome -> outcome.route().equals(route));
  }

  /** The number of requests that went to a route and failed on the side of the server. */
  long errors(String route) {
    return total(outcome -> outcome.route().equals(route) && outcome.status() >= 500);
  }

  private long total(Predicate<Outcome> condition) {
    return counts.entrySet().stream()
        .filter(entry -> condition.test(entry.getKey()))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** The counts in the text format of Prometheus. */
  String text() {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "gateway_requests_total{route=\"%s\",status=\"%d\"} %d\n",
                    entry.getKey().route(),
                    entry.getKey().status(),
                    entry.getValue().sum()))
        .collect(joining("", "# TYPE gateway_requests_total counter\n", ""));
  }
}
