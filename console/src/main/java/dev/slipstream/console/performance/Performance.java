package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.EndpointLearning;
import dev.slipstream.config.jmx.EndpointsMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RuleMXBean;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how gateways do and steers their optimizers, all of them at the same time. */
public final class Performance {
  private Performance() {}

  /** How they do now. */
  public static Gathered<PerformanceStatus> status(List<Gateway> gateways) {
    boolean merging = gateways.size() > 1;
    return Gathered.of(
        Replies.of(
            gateways, gateway -> gateway.read(beans -> Reading.of(gateway.name(), beans, merging))),
        PerformanceStatus::of);
  }

  /** How they do, and what to change. */
  public static Gathered<PerformanceReport> report(List<Gateway> gateways) {
    boolean merging = gateways.size() > 1;
    List<Reply<PerformanceReport.Part>> replies =
        Replies.of(
            gateways,
            gateway ->
                gateway.read(
                    beans ->
                        new PerformanceReport.Part(
                            OptimizerReading.from(beans),
                            SystemReading.from(beans),
                            SystemReading.Trends.from(beans),
                            EndpointsReading.ofAll(beans, merging))));
    return Gathered.named(replies, PerformanceReport::of);
  }

  /** What to change. */
  public static Gathered<Advice> recommendations(List<Gateway> gateways) {
    List<Reply<Advice.Part>> replies =
        Replies.of(
            gateways,
            gateway ->
                gateway.read(
                    beans ->
                        new Advice.Part(
                            OptimizerReading.from(beans),
                            beans
                                .read(ObjectNames.ENDPOINTS, EndpointsMXBean.class, "Total")
                                .getTotal()
                                .requests())));
    return Gathered.named(replies, Advice::of);
  }

  /** Their endpoints. */
  public static Gathered<List<EndpointFigures>> endpoints(
      List<Gateway> gateways, EndpointSelection selection) {
    boolean merging = gateways.size() > 1;
    return Gathered.reading(
        gateways,
        beans -> EndpointsReading.ofAll(beans, merging),
        readings -> selection.of(EndpointFigures.each(readings)));
  }

  /** One of their endpoints, and what they have learned of it. */
  public static Gathered<EndpointDetail> endpoint(List<Gateway> gateways, String name) {
    boolean merging = gateways.size() > 1;
    List<Reply<EndpointDetail.Part>> replies =
        Replies.of(
            gateways,
            gateway -> gateway.read(beans -> EndpointDetail.Part.from(beans, name, merging)));
    return Gathered.named(replies, answers -> EndpointDetail.of(name, answers));
  }

  /**
   * What they have learned of endpoints.
   *
   * @param endpoint of this one; null for all
   */
  public static Gathered<List<EndpointDetail.Learned>> learned(
      List<Gateway> gateways, @Nullable String endpoint) {
    List<Reply<List<EndpointLearning>>> replies =
        Replies.of(
            gateways, gateway -> gateway.read(beans -> EndpointDetail.learned(beans, endpoint)));
    return Gathered.named(replies, EndpointDetail.Learned::of);
  }

  /** Histories of metrics that a gateway keeps itself. */
  public static Gathered<Map<String, MetricHistories.OfMetric>> histories(
      Gateway gateway, List<String> metrics, int seconds) {
    return Gathered.reading(
        List.of(gateway),
        beans -> MetricHistories.from(beans, metrics, seconds),
        one -> one.isEmpty() ? Map.of() : one.get(0));
  }

  /**
   * The figures that there are targets for.
   *
   * @param peakRate the most exchanges a second that the console has seen; null where it has not
   */
  public static Gathered<List<Kpi>> kpis(List<Gateway> gateways, @Nullable Double peakRate) {
    boolean merging = gateways.size() > 1;
    return Gathered.reading(
        gateways,
        beans -> KpiReading.from(beans, merging),
        readings -> Kpis.of(readings, peakRate));
  }

  /** Their activations, the newest first. */
  public static Gathered<List<ActivationFigures>> activations(List<Gateway> gateways, int limit) {
    List<Reply<List<ActivationReport>>> replies =
        Replies.of(
            gateways,
            gateway ->
                gateway.read(
                    beans ->
                        beans
                            .read(ObjectNames.OPTIMIZER, OptimizerMXBean.class, "Activations")
                            .getActivations()));
    return Gathered.named(
        replies,
        answers ->
            answers.stream()
                .flatMap(
                    answer ->
                        answer.value().stream()
                            .map(one -> ActivationFigures.of(answer.target(), one)))
                .sorted(Comparator.comparing(ActivationFigures::beganAt).reversed())
                .limit(limit)
                .toList());
  }

  /** Their optimizers' rules. */
  public static Gathered<OptimizerRules> rules(List<Gateway> gateways) {
    return Gathered.of(
        Replies.of(
            gateways,
            gateway -> gateway.read(beans -> OptimizerRules.Part.from(gateway.name(), beans))),
        OptimizerRules::of);
  }

  /** Sets the level of each; gives what is in force then. */
  public static Gathered<OptimizerRules> setLevel(List<Gateway> gateways, String level) {
    return Gathered.of(
        Replies.of(
            gateways,
            gateway ->
                gateway.change(
                    beans -> {
                      beans
                          .operations(ObjectNames.OPTIMIZER, OptimizerMXBean.class)
                          .setLevel(level);
                      return OptimizerRules.Part.from(gateway.name(), beans);
                    })),
        OptimizerRules::of);
  }

  /**
   * Changes a rule of each.
   *
   * @param enabled null to leave that as it is
   * @param threshold null likewise
   */
  public static Gathered<OptimizerRules> setRule(
      List<Gateway> gateways, String rule, @Nullable Boolean enabled, @Nullable Double threshold) {
    return Gathered.of(
        Replies.of(
            gateways,
            gateway ->
                gateway.change(
                    beans -> {
                      RuleMXBean bean = beans.operations(ObjectNames.rule(rule), RuleMXBean.class);
                      if (threshold != null) {
                        bean.setThreshold(threshold);
                      }
                      if (enabled != null) {
                        bean.setEnabled(enabled);
                      }
                      return OptimizerRules.Part.from(gateway.name(), beans);
                    })),
        OptimizerRules::of);
  }
}
