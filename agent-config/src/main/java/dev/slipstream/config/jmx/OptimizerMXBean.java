package dev.slipstream.config.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The optimizer: what it does, what that brought, and what it recommends. */
@Description("The optimizer: what its rules do, what that brought, and what it recommends")
public interface OptimizerMXBean {
  @Description("Whether it acts: act, observe (records what it would have done) or off")
  String getMode();

  @Description("Level that was set: conservative, balanced, aggressive or adaptive; settable")
  String getLevel();

  void setLevel(String level);

  @Description("Level in force: the one that was set, or what adaptive has come to")
  String getLevelInForce();

  @Description("Why that level is in force")
  String getLevelReason();

  @Description("Why it has stopped for good, which errors of its own bring; absent while it runs")
  @Nullable String getStopped();

  @Description("Activations that go on now, those that are only observed included")
  int getActiveCount();

  @Description("Activations that began in the last hour")
  int getTriggeredLastHour();

  @Description("Time in emergencies since the start, in milliseconds")
  long getEmergencyMillis();

  @Description("How well the gateway does, 0 to 1; absent before an exchange was measured")
  @Nullable Double getScore();

  @Description("The parts of the score, each 0 to 1, that were measured")
  Map<String, Double> getScoreParts();

  @Description("What rules look at, by metric, in percent, ms, shares (0 to 1) or requests/s")
  Map<String, Double> getMeasurements();

  @Description("Metrics that are made up now, with their values; empty unless a test goes on")
  Map<String, Double> getInjectedMetrics();

  @Description("The latest activations, the newest first, at most 200")
  List<ActivationReport> getActivations();

  @Description("What an operator should change, the weightiest first; none while data are thin")
  List<RecommendationReport> getRecommendations();

  @Description("The weightiest of these, at most 3, each as a line")
  List<String> getPriorityActions();

  /**
   * Makes a metric up, to see what the rules do; every output marks it.
   *
   * @param name such as {@code cpu}
   * @param value in the metric's unit
   * @param seconds how long, 1 to 3600
   */
  @Description("Makes a metric up for 1 to 3600 s, such as (cpu, 85, 30); returns what was done")
  @Impact(Impact.Kind.ACTION_INFO)
  String injectMetric(
      @Description(name = "name", value = "The metric, such as cpu") String name,
      @Description(name = "value", value = "Its value, in the metric's unit") double value,
      @Description(name = "seconds", value = "For how long, 1 to 3600 seconds") int seconds);
}
