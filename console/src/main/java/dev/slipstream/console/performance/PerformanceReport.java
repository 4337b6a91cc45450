package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.MetricTrend;
import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.merge.Weighted;
import dev.slipstream.console.targets.Reply;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How some gateways do, where that is going, what is slow, and what to change. */
public record PerformanceReport(
    CurrentMetrics currentMetrics,
    Trends trends,
    List<SlowEndpoint> topSlowEndpoints,
    List<Advice.Recommendation> recommendations,
    ResourceUsage resourceUsage) {
  private static final int SLOWEST = 10;

  /**
   * Rises in the last 15 minutes; null while data are thin.
   *
   * @param cpuTrend percentage points a minute
   * @param memoryTrend percentage points a minute
   * @param responseTimeTrendMs 95th percentile, in milliseconds a minute, of the gateway where it
   *     rises most
   */
  public record Trends(
      @Nullable Double cpuTrend,
      @Nullable Double memoryTrend,
      @Nullable Double responseTimeTrendMs) {}

  /** An endpoint that was slow in the last minute; those of no requests are left out. */
  public record SlowEndpoint(
      String endpoint,
      @Nullable String method,
      @Nullable Double avgDurationMs,
      @Nullable Double p95DurationMs,
      @Nullable Double optimizationScore,
      long requestCount,
      @Nullable Double cacheHitRate) {}

  /** What one gateway says. */
  record Part(
      OptimizerReading optimizer,
      SystemReading system,
      SystemReading.Trends trends,
      EndpointsReading endpoints) {}

  static PerformanceReport of(List<Reply.Answer<Part>> answers) {
    List<Part> parts = answers.stream().map(Reply.Answer::value).toList();
    List<SystemReading> systems = parts.stream().map(Part::system).toList();
    List<EndpointsReading> endpoints = parts.stream().map(Part::endpoints).toList();
    return new PerformanceReport(
        CurrentMetrics.of(systems, EndpointFigures.total(endpoints)),
        trends(parts),
        slowest(EndpointFigures.each(endpoints)),
        Advice.of(answers.stream().map(PerformanceReport::advice).toList()).recommendations(),
        ResourceUsage.of(systems, parts.stream().map(Part::trends).toList()));
  }

  private static Reply.Answer<Advice.Part> advice(Reply.Answer<Part> answer) {
    Part part = answer.value();
    return new Reply.Answer<>(
        answer.target(), new Advice.Part(part.optimizer(), part.endpoints().total().requests()));
  }

  private static Trends trends(List<Part> parts) {
    return new Trends(
        Weighted.mean(parts, one -> rise(one.trends().cpu()), one -> one.system().processors()),
        Weighted.mean(
            parts, one -> rise(one.trends().memory()), one -> one.system().heapMaxBytes()),
        Sums.greatest(parts, one -> rise(one.trends().p95())));
  }

  private static @Nullable Double rise(@Nullable MetricTrend trend) {
    return trend == null ? null : Double.valueOf(trend.perMinute());
  }

  private static List<SlowEndpoint> slowest(List<EndpointFigures> endpoints) {
    return endpoints.stream()
        .filter(one -> one.p95Ms() != null)
        .sorted(Comparator.comparing(PerformanceReport::p95).reversed())
        .limit(SLOWEST)
        .map(
            one ->
                new SlowEndpoint(
                    one.path(),
                    one.method(),
                    one.meanMs(),
                    one.p95Ms(),
                    one.score(),
                    one.requests(),
                    one.hitRate()))
        .toList();
  }

  private static double p95(EndpointFigures endpoint) {
    Double p95 = endpoint.p95Ms();
    return p95 == null ? 0 : p95;
  }
}
