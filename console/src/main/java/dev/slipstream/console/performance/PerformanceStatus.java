package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.merge.Wire;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How some gateways do, and what their optimizers do about it.
 *
 * @param optimizationLevel the level in force; {@code mixed} where gateways differ
 * @param mode act, observe or off; {@code mixed} likewise
 * @param activeOptimizations what goes on now, the newest first
 * @param injectedMetrics what is made up at a gateway now for a test; nothing of it is in the
 *     current metrics
 */
public record PerformanceStatus(
    @Nullable String optimizationLevel,
    @Nullable String mode,
    CurrentMetrics currentMetrics,
    List<Active> activeOptimizations,
    RuleCounts optimizationRules,
    List<Injected> injectedMetrics) {

  /**
   * What goes on.
   *
   * @param name the rule's
   */
  public record Active(
      String target, String name, String enabledAt, String reason, Config config) {}

  /**
   * What it does, and to what.
   *
   * @param subject {@code gateway}, or an endpoint
   * @param observed whether nothing is done
   * @param injected metrics that were made up when it entered; null for none
   */
  public record Config(
      String subject, String action, boolean observed, @Nullable String injected) {}

  /** Rules of all gateways. */
  public record RuleCounts(long total, long enabled, long triggeredLastHour) {}

  /** A metric that is made up, in its unit. */
  public record Injected(String target, String metric, double value) {}

  /** Puts together what gateways said. */
  public static PerformanceStatus of(List<Reading> readings) {
    List<OptimizerReading> optimizers = readings.stream().map(Reading::optimizer).toList();
    List<RuleFigures> rules = readings.stream().flatMap(one -> one.rules().stream()).toList();
    return new PerformanceStatus(
        Sums.common(optimizers.stream().map(OptimizerReading::levelInForce).toList()),
        Sums.common(optimizers.stream().map(OptimizerReading::mode).toList()),
        CurrentMetrics.of(
            readings.stream().map(Reading::system).toList(),
            EndpointFigures.total(readings.stream().map(Reading::endpoints).toList())),
        readings.stream()
            .flatMap(one -> one.optimizer().active().stream().map(act -> active(one.target(), act)))
            .sorted(Comparator.comparing(Active::enabledAt).reversed())
            .toList(),
        new RuleCounts(
            rules.size(),
            rules.stream().filter(RuleFigures::enabled).count(),
            Sums.sum(optimizers, OptimizerReading::triggeredLastHour)),
        readings.stream().flatMap(PerformanceStatus::injected).toList());
  }

  private static Active active(String target, ActivationReport report) {
    return new Active(
        target,
        report.rule(),
        Wire.at(Instant.ofEpochMilli(report.beganAtMillis())),
        report.reason(),
        new Config(
            report.subject(), report.action(), report.observed(), Wire.text(report.injected())));
  }

  private static Stream<Injected> injected(Reading reading) {
    return reading.optimizer().injected().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> new Injected(reading.target(), one.getKey(), one.getValue()));
  }
}
