package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;

/**
 * Where a metric is going.
 *
 * @param metric its name
 * @param unit what its values count
 * @param level where it is, by the line through its values
 * @param perMinute how much it rises in a minute
 * @param lowPerMinute it rises by more than this, with 95 % confidence
 * @param highPerMinute and by less than this
 * @param confidence that it has this direction, 0 to 1
 */
public record MetricTrend(
    String metric,
    String unit,
    double level,
    double perMinute,
    double lowPerMinute,
    double highPerMinute,
    double confidence) {
  /** What {@link #metric} is, under the name that JMX looks for, as are the following. */
  public String getMetric() {
    return metric;
  }

  /** See {@link #unit}. */
  public String getUnit() {
    return unit;
  }

  /** See {@link #level}. */
  public double getLevel() {
    return level;
  }

  /** See {@link #perMinute}. */
  public double getPerMinute() {
    return perMinute;
  }

  /** See {@link #lowPerMinute}. */
  public double getLowPerMinute() {
    return lowPerMinute;
  }

  /** See {@link #highPerMinute}. */
  public double getHighPerMinute() {
    return highPerMinute;
  }

  /** See {@link #confidence}. */
  public double getConfidence() {
    return confidence;
  }

  /** Rebuilds the record from what JMX sends. */
  public static MetricTrend from(CompositeData data) {
    return new MetricTrend(
        (String) data.get("metric"),
        (String) data.get("unit"),
        (Double) data.get("level"),
        (Double) data.get("perMinute"),
        (Double) data.get("lowPerMinute"),
        (Double) data.get("highPerMinute"),
        (Double) data.get("confidence"));
  }
}
