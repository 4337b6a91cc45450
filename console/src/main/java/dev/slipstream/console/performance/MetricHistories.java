package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.MetricHistory;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.console.targets.AgentBeans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;

/** Histories that a gateway keeps itself, by metric. */
public final class MetricHistories {
  private MetricHistories() {}

  /** One of them. */
  public record OfMetric(String unit, List<Point> points) {
    private static OfMetric of(MetricHistory history) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < history.timesMillis().length; i++) {
        points.add(new Point(history.timesMillis()[i], history.means()[i], history.maxima()[i]));
      }
      return new OfMetric(history.unit(), points);
    }
  }

  /** A value; {@code t} is when its time began, in milliseconds since 1970. */
  public record Point(long t, double mean, double max) {}

  /** Reads them, one round trip a metric. */
  static Map<String, OfMetric> from(AgentBeans beans, List<String> metrics, int seconds)
      throws JMException {
    SystemMXBean system = beans.operations(ObjectNames.SYSTEM, SystemMXBean.class);
    Map<String, OfMetric> histories = new LinkedHashMap<>();
    for (String metric : metrics) {
      histories.put(metric, OfMetric.of(system.history(metric, seconds)));
    }
    return histories;
  }
}
