package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.EndpointsMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;

/**
 * What one gateway says about its endpoints.
 *
 * @param endpoints each endpoint, the busiest first; empty where only the total was asked for
 * @param histograms times by name, as the agent exports them; empty where they were not asked for,
 *     since a single gateway has percentiles of its own
 */
public record EndpointsReading(
    EndpointReport total, List<EndpointReport> endpoints, Map<String, String> histograms) {
  /** Copies both. */
  public EndpointsReading {
    endpoints = List.copyOf(endpoints);
    histograms = Map.copyOf(histograms);
  }

  /**
   * Reads all together.
   *
   * @param merging whether it is put together with other gateways, for which histograms are needed
   */
  public static EndpointsReading ofTotal(AgentBeans beans, boolean merging)
      throws IOException, JMException {
    EndpointReport total =
        beans.read(ObjectNames.ENDPOINTS, EndpointsMXBean.class, "Total").getTotal();
    return new EndpointsReading(
        total, List.of(), merging ? bean(beans).exportTotalHistograms() : Map.of());
  }

  /** Reads each endpoint, and all together. */
  public static EndpointsReading ofAll(AgentBeans beans, boolean merging)
      throws IOException, JMException {
    EndpointsMXBean read =
        beans.read(ObjectNames.ENDPOINTS, EndpointsMXBean.class, "Total", "Endpoints");
    Map<String, String> histograms = Map.of();
    if (merging) {
      EndpointsMXBean bean = bean(beans);
      histograms = both(bean.exportHistograms(), bean.exportTotalHistograms());
    }
    return new EndpointsReading(read.getTotal(), read.getEndpoints(), histograms);
  }

  private static EndpointsMXBean bean(AgentBeans beans) throws JMException {
    return beans.operations(ObjectNames.ENDPOINTS, EndpointsMXBean.class);
  }

  private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
    return Stream.of(one, other)
        .flatMap(map -> map.entrySet().stream())
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second));
  }
}
