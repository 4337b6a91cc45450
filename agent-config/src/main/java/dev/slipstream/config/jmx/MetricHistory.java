package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;

/**
 * Values of a metric over a time; times without a value are not in it.
 *
 * @param metric its name
 * @param unit what its values count
 * @param stepMillis the time that each value covers, in milliseconds
 * @param timesMillis when each of these times began, in milliseconds since 1970, ascending
 * @param means the mean of each
 * @param maxima the greatest of each
 */
@SuppressWarnings("ArrayRecordComponent") // an array of numbers is what JMX sends best
public record MetricHistory(
    String metric,
    String unit,
    long stepMillis,
    long[] timesMillis,
    double[] means,
    double[] maxima) {
  /** What {@link #metric} is, under the name that JMX looks for, as are the following. */
  public String getMetric() {
    return metric;
  }

  /** See {@link #unit}. */
  public String getUnit() {
    return unit;
  }

  /** See {@link #stepMillis}. */
  public long getStepMillis() {
    return stepMillis;
  }

  /** See {@link #timesMillis}. */
  public long[] getTimesMillis() {
    return timesMillis;
  }

  /** See {@link #means}. */
  public double[] getMeans() {
    return means;
  }

  /** See {@link #maxima}. */
  public double[] getMaxima() {
    return maxima;
  }

  /** Rebuilds the record from what JMX sends. */
  public static MetricHistory from(CompositeData data) {
    return new MetricHistory(
        (String) data.get("metric"),
        (String) data.get("unit"),
        (Long) data.get("stepMillis"),
        (long[]) data.get("timesMillis"),
        (double[]) data.get("means"),
        (double[]) data.get("maxima"));
  }
}
