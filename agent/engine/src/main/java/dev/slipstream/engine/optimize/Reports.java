package dev.slipstream.engine.optimize;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.RecommendationReport;
import java.util.Map;
import java.util.stream.Collectors;

/** Activations and recommendations as JMX has them. */
final class Reports {
  private Reports() {}

  static ActivationReport of(Activation activation, Metric counted) {
    Effect known = activation.effect();
    Map<Metric, Double> before = known == null ? Map.of() : known.before();
    Map<Metric, Double> after = known == null ? Map.of() : known.after();
    return new ActivationReport(
        activation.number(),
        activation.rule(),
        activation.subject(),
        activation.reason(),
        activation.what(),
        activation.observed(),
        activation.injected().stream().map(Metric::text).sorted().collect(Collectors.joining(", ")),
        activation.beganAtMillis(),
        activation.endedAtMillis(),
        activation.ending(),
        (known == null ? Verdict.PENDING : known.verdict()).text(),
        known == null ? "" : known.why(),
        counted.text() + " (" + counted.unit() + ")",
        before.get(counted),
        after.get(counted),
        before.get(Metric.P95),
        after.get(Metric.P95),
        before.get(Metric.CPU),
        after.get(Metric.CPU),
        before.get(Metric.ERROR_RATE),
        after.get(Metric.ERROR_RATE),
        before.get(Metric.HIT_RATE),
        after.get(Metric.HIT_RATE));
  }

  static RecommendationReport of(Recommendation one) {
    return new RecommendationReport(
        one.type(),
        one.severity().text(),
        one.message(),
        one.evidence(),
        one.change(),
        one.expected());
  }
}
