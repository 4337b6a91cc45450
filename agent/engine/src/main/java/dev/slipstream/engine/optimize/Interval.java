package dev.slipstream.engine.optimize;

import dev.slipstream.engine.profile.EndpointWindow;
import dev.slipstream.engine.profile.Latency;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway's exchanges did between two samples, put together of seconds. Not thread-safe.
 *
 * <p>A second's figures are gone with it, so that a sample after an action has nothing of the time
 * before. The percentile is the mean of the seconds', each weighed by its exchanges.
 */
final class Interval {
  private double seconds;
  private double requests;
  private double errors;
  private double hits;
  private double misses;
  private double timed;
  private double p95Sum;
  private double meanSum;

  /** Adds a second. */
  void add(EndpointWindow second) {
    seconds += second.seconds();
    requests += second.requests();
    errors += second.failures();
    hits += second.hits();
    misses += second.misses();
    Latency latency = second.all();
    Double p95 = latency.p95Millis();
    Double mean = latency.meanMillis();
    if (p95 != null && mean != null) {
      timed += latency.count();
      p95Sum += latency.count() * p95;
      meanSum += latency.count() * mean;
    }
  }

  /** Adds its figures to a sample, and begins anew. */
  void drainTo(Measurements.Builder sample) {
    sample
        .add(Metric.P95, ratio(p95Sum, timed))
        .add(Metric.MEAN, ratio(meanSum, timed))
        .add(Metric.ERROR_RATE, ratio(errors, requests))
        .add(Metric.HIT_RATE, ratio(hits, hits + misses))
        .add(Metric.REQUEST_RATE, ratio(requests, seconds));
    seconds = 0;
    requests = 0;
    errors = 0;
    hits = 0;
    misses = 0;
    timed = 0;
    p95Sum = 0;
    meanSum = 0;
  }

  private static @Nullable Double ratio(double part, double all) {
    return all == 0 ? null : (Double) (part / all);
  }
}
