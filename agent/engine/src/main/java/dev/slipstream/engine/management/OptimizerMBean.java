package dev.slipstream.engine.management;

import dev.slipstream.config.OptimizationLevel;
import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RecommendationReport;
import dev.slipstream.engine.optimize.Metric;
import dev.slipstream.engine.optimize.Optimization;
import dev.slipstream.engine.optimize.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The optimizer, for JMX. */
final class OptimizerMBean implements OptimizerMXBean {
  private final Optimization optimization;
  private final Optimizer optimizer;

  OptimizerMBean(Optimization optimization) {
    this.optimization = optimization;
    this.optimizer = optimization.optimizer();
  }

  @Override
  public String getMode() {
    return text(optimizer.mode());
  }

  @Override
  public String getLevel() {
    return text(optimizer.level());
  }

  @Override
  public void setLevel(String level) {
    for (OptimizationLevel one : OptimizationLevel.values()) {
      if (text(one).equals(level)) {
        optimizer.setLevel(one);
        return;
      }
    }
    String accepted =
        Arrays.stream(OptimizationLevel.values())
            .map(OptimizerMBean::text)
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException("level \"" + level + "\"; accepted: " + accepted);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String getLevelInForce() {
    return optimizer.levelInForceText();
  }

  @Override
  public String getLevelReason() {
    return optimizer.levelReason();
  }

  @Override
  public @Nullable String getStopped() {
    return optimizer.stopped();
  }

  @Override
  public int getActiveCount() {
    return optimizer.active();
  }

  @Override
  public int getTriggeredLastHour() {
    return optimizer.triggeredLastHour();
  }

  @Override
  public long getEmergencyMillis() {
    return optimizer.activeMillis("emergency_mode");
  }

  @Override
  public @Nullable Double getScore() {
    return optimization.advisor().score().value();
  }

  @Override
  public Map<String, Double> getScoreParts() {
    return new TreeMap<>(optimization.advisor().score().parts());
  }

  @Override
  public Map<String, Double> getMeasurements() {
    return named(optimizer.latest().values());
  }

  @Override
  public Map<String, Double> getInjectedMetrics() {
    return named(optimizer.injected());
  }

  private static Map<String, Double> named(Map<Metric, Double> values) {
    Map<String, Double> named = new TreeMap<>();
    values.forEach((metric, value) -> named.put(metric.text(), value));
    return named;
  }

  @Override
  public List<ActivationReport> getActivations() {
    return optimizer.activationReports();
  }

  @Override
  public List<RecommendationReport> getRecommendations() {
    return optimization.advisor().recommendationReports();
  }

  @Override
  public List<String> getPriorityActions() {
    return optimization.advisor().priorityActions();
  }

  @Override
  public String injectMetric(String name, double value, int seconds) {
    return optimizer.injectMetric(name, value, seconds, optimization.clock().millis());
  }
}
