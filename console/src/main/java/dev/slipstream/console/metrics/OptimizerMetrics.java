package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RuleMXBean;
import java.util.List;

/** What an optimizer and its rules do, and what that brought. */
final class OptimizerMetrics {
  private static final List<String> SEVERITIES = List.of("critical", "warning", "info");

  private OptimizerMetrics() {}

  static void add(TargetFamilies to, OptimizerMXBean optimizer) {
    to.info(
        "optimizer",
        "1, with mode (act, observe or off), level set and level in force",
        "mode",
        optimizer.getMode(),
        "level",
        optimizer.getLevel(),
        "level_in_force",
        optimizer.getLevelInForce());
    to.flag(
        "optimizer_stopped",
        "Whether errors of its own have stopped the optimizer: 1 or 0",
        optimizer.getStopped() != null);
    to.gauge("score_ratio", "How well the gateway does, 0 to 1", optimizer.getScore());
    optimizer
        .getScoreParts()
        .forEach(
            (part, value) ->
                to.gauge(
                    "score_part_ratio",
                    "The parts that the score is made of, 0 to 1",
                    value,
                    "part",
                    part));
    to.gauge(
        "injected_metrics",
        "Metrics that a test makes up now",
        optimizer.getInjectedMetrics().size());
    for (String severity : SEVERITIES) {
      to.gauge(
          "recommendations",
          "What an operator should change, by weight",
          optimizer.getRecommendations().stream()
              .filter(one -> one.severity().equals(severity))
              .count(),
          "severity",
          severity);
    }
  }

  static void add(TargetFamilies to, RuleMXBean rule) {
    String[] name = {"rule", rule.getName()};
    to.counter("rule_activations", "Times a rule entered", rule.getEntered(), name);
    to.counter(
        "rule_active_seconds", "Time a rule was active in all", rule.getActiveMillis() / 1e3, name);
    to.counter("rule_errors", "Errors of a rule's own", rule.getErrors(), name);
    to.gauge("rule_active", "Subjects a rule is active for", rule.getActiveCount(), name);
    to.flag("rule_enabled", "Whether a rule may act: 1 or 0", rule.isEnabled(), name);
    to.flag(
        "rule_suspended",
        "Whether a rule is suspended for harm or errors: 1 or 0",
        !rule.getSuspendedReason().isEmpty(),
        name);
    rule.getVerdicts()
        .forEach(
            (verdict, count) ->
                to.counter(
                    "rule_verdicts",
                    "Activations by what they brought: helped, no_effect, harmed or unknown",
                    count,
                    "rule",
                    rule.getName(),
                    "verdict",
                    verdict));
  }
}
