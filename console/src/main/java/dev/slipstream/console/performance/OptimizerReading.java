package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RecommendationReport;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway's optimizer says.
 *
 * @param level the level that was set
 * @param injected metrics that are made up now, with their values
 * @param activations the newest first
 * @param recommendations the weightiest first
 */
public record OptimizerReading(
    String mode,
    String level,
    String levelInForce,
    String levelReason,
    @Nullable Double score,
    int triggeredLastHour,
    Map<String, Double> injected,
    List<ActivationReport> activations,
    List<RecommendationReport> recommendations,
    List<String> priorityActions) {
  /** Copies the collections. */
  public OptimizerReading {
    injected = Map.copyOf(injected);
    activations = List.copyOf(activations);
    recommendations = List.copyOf(recommendations);
    priorityActions = List.copyOf(priorityActions);
  }

  /** Reads it. */
  public static OptimizerReading from(AgentBeans beans) throws IOException, JMException {
    OptimizerMXBean optimizer = beans.read(ObjectNames.OPTIMIZER, OptimizerMXBean.class);
    return new OptimizerReading(
        optimizer.getMode(),
        optimizer.getLevel(),
        optimizer.getLevelInForce(),
        optimizer.getLevelReason(),
        optimizer.getScore(),
        optimizer.getTriggeredLastHour(),
        optimizer.getInjectedMetrics(),
        optimizer.getActivations(),
        optimizer.getRecommendations(),
        optimizer.getPriorityActions());
  }

  /** The activations that go on. */
  List<ActivationReport> active() {
    return activations.stream().filter(one -> one.endedAtMillis() == null).toList();
  }
}
