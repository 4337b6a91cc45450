package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.BudgetReport;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.LatencyReport;
import dev.slipstream.console.merge.Latencies;
import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.merge.Weighted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does at some gateways together, or all endpoints do. Of the last minute but for
 * {@code requests}, {@code savedMs} and {@code bytes}, which are since the start; times in
 * milliseconds, shares 0 to 1.
 *
 * @param endpoint method and template
 * @param method null where it is no endpoint's own
 * @param requestsPerSecond null before the first second
 * @param hitRate hits of hits and misses
 * @param errorRate share that failed or was answered with a status from 500
 * @param clientErrorRate share answered with a status from 400 to 499
 * @param inFlight exchanges that the application is at, now
 * @param score how well it does, 0 to 1, weighted by requests
 * @param bytes bytes of bodies sent, as far as known
 */
public record EndpointFigures(
    String endpoint,
    @Nullable String method,
    String path,
    long requests,
    @Nullable Double requestsPerSecond,
    @Nullable Double meanMs,
    @Nullable Double p50Ms,
    @Nullable Double p95Ms,
    @Nullable Double p99Ms,
    @Nullable Double maxMs,
    @Nullable Double hitRate,
    @Nullable Double errorRate,
    @Nullable Double clientErrorRate,
    long inFlight,
    @Nullable Double score,
    @Nullable Double savedMs,
    long bytes,
    Latencies hits,
    Latencies misses,
    @Nullable Budget budget) {

  /**
   * What it may take and how fast that is used up: 1 is just as fast as allowed.
   *
   * @param p95Ms what 95 % of its requests may take; null where that is not limited, or not alike
   * @param errorRate share of them that may fail, likewise
   * @param slowBurn share that was too slow over the share that may be, in the last 5 minutes
   * @param errorsBurn share that failed over the share that may, in the last 5 minutes
   */
  public record Budget(
      @Nullable Double p95Ms,
      @Nullable Double errorRate,
      @Nullable Double slowBurn,
      @Nullable Double errorsBurn) {}

  private record Part(EndpointReport report, Map<String, String> histograms) {
    Latencies.Part times(Function<EndpointReport, LatencyReport> which, String suffix) {
      return new Latencies.Part(which.apply(report), histograms.get(report.getEndpoint() + suffix));
    }
  }

  /** All endpoints of some gateways as one. */
  public static EndpointFigures total(List<EndpointsReading> readings) {
    return of(
        "(all)", readings.stream().map(one -> new Part(one.total(), one.histograms())).toList());
  }

  /** Each endpoint of some gateways, those of the same name as one. */
  public static List<EndpointFigures> each(List<EndpointsReading> readings) {
    Map<String, List<Part>> byName = new LinkedHashMap<>();
    for (EndpointsReading reading : readings) {
      for (EndpointReport report : reading.endpoints()) {
        byName
            .computeIfAbsent(report.endpoint(), name -> new ArrayList<>())
            .add(new Part(report, reading.histograms()));
      }
    }
    return byName.entrySet().stream().map(one -> of(one.getKey(), one.getValue())).toList();
  }

  private static EndpointFigures of(String name, List<Part> parts) {
    List<EndpointReport> reports = parts.stream().map(Part::report).toList();
    Latencies all = times(parts, EndpointReport::all, "");
    long requests = Sums.sum(reports, EndpointReport::windowRequests);
    long hits = Sums.sum(reports, EndpointReport::windowHits);
    long misses = Sums.sum(reports, EndpointReport::windowMisses);
    int space = name.indexOf(' ');
    return new EndpointFigures(
        name,
        space < 0 ? null : name.substring(0, space),
        name.substring(space + 1),
        Sums.sum(reports, EndpointReport::requests),
        Sums.known(reports, EndpointReport::requestsPerSecond),
        all.meanMs(),
        all.p50Ms(),
        all.p95Ms(),
        all.p99Ms(),
        all.maxMs(),
        Sums.share(hits, hits + misses),
        Sums.share(Sums.sum(reports, EndpointReport::windowServerErrors), requests),
        Sums.share(Sums.sum(reports, EndpointReport::windowClientErrors), requests),
        Sums.sum(reports, EndpointReport::inFlight),
        Weighted.mean(reports, EndpointReport::score, EndpointReport::windowRequests),
        Sums.known(reports, EndpointReport::savedMillis),
        Sums.sum(reports, EndpointReport::bytes),
        times(parts, EndpointReport::ofHits, "#hits"),
        times(parts, EndpointReport::ofMisses, "#misses"),
        budget(reports));
  }

  private static Latencies times(
      List<Part> parts, Function<EndpointReport, LatencyReport> which, String suffix) {
    return Latencies.of(parts.stream().map(part -> part.times(which, suffix)).toList());
  }

  private static @Nullable Budget budget(List<EndpointReport> reports) {
    List<EndpointReport> limited =
        reports.stream().filter(report -> report.budget() != null).toList();
    return limited.isEmpty()
        ? null
        : new Budget(
            same(limited, BudgetReport::p95Millis),
            same(limited, BudgetReport::errorRate),
            burn(limited, BudgetReport::slowLately),
            burn(limited, BudgetReport::errorsLately));
  }

  private static @Nullable Double same(
      List<EndpointReport> limited, Function<BudgetReport, @Nullable Double> part) {
    Double first = of(limited.get(0), part);
    return first != null && limited.stream().allMatch(one -> first.equals(of(one, part)))
        ? first
        : null;
  }

  private static @Nullable Double burn(
      List<EndpointReport> limited, Function<BudgetReport, @Nullable Double> part) {
    return Weighted.mean(limited, one -> of(one, part), EndpointReport::windowRequests);
  }

  private static @Nullable Double of(
      EndpointReport report, Function<BudgetReport, @Nullable Double> part) {
    BudgetReport budget = report.budget();
    return budget == null ? null : part.apply(budget);
  }
}
