package dev.slipstream.engine.admit;

/**
 * How long an endpoint's answers take when it does well. Of one thread.
 *
 * <p>Medians and 95th percentiles of windows are averaged by their logarithms, with a time constant
 * of a minute, so that neither one slow window nor a slow minute makes slowness usual. While a
 * window is far above what is usual, it is learned from fifteen times more slowly: an endpoint that
 * has become slower for good is taken as it is after a while. The minimum is the least mean of a
 * window in the last five to ten minutes.
 */
final class Baseline {
  /** How many times what is usual counts as trouble. */
  static final double TROUBLE = 3;

  private static final double USUAL_SECONDS = 60;
  private static final double TROUBLE_SECONDS = 15 * USUAL_SECONDS;
  private static final double TURN_SECONDS = 300;
  private static final int LEAST_SAMPLES = 50;

  private double logMedian;
  private double logP95;
  private double logRate;
  private double seconds;
  private long samples;
  private double minimum = Double.POSITIVE_INFINITY;
  private double minimumBefore = Double.POSITIVE_INFINITY;
  private double turned;

  /**
   * Learns from a window.
   *
   * @param count how many answers it had; not none
   * @param length how long it was, in seconds
   */
  void learn(int count, double length, double median, double p95, double mean) {
    double constant = isKnown() && p95 > troubleMillis() ? TROUBLE_SECONDS : USUAL_SECONDS;
    seconds += length;
    // At first a plain mean: else the first window would be believed for a minute.
    double weight =
        Math.max(
            1 - Math.exp(-length / constant), constant == USUAL_SECONDS ? length / seconds : 0);
    if (samples == 0) {
      weight = 1;
    }
    logMedian += weight * (Math.log(median) - logMedian);
    logP95 += weight * (Math.log(p95) - logP95);
    logRate += weight * (Math.log(count / length) - logRate);
    samples += count;
    turned += length;
    if (turned > TURN_SECONDS) {
      turned = 0;
      minimumBefore = minimum;
      minimum = Double.POSITIVE_INFINITY;
    }
    minimum = Math.min(minimum, mean);
  }

  /** Whether enough was seen to tell what is usual. */
  boolean isKnown() {
    return samples >= LEAST_SAMPLES;
  }

  double medianMillis() {
    return Math.exp(logMedian);
  }

  double p95Millis() {
    return Math.exp(logP95);
  }

  /** Above which a 95th percentile is trouble, in milliseconds. */
  double troubleMillis() {
    return Math.max(Congestion.LEAST_SLOW_MILLIS, TROUBLE * p95Millis());
  }

  double ratePerSecond() {
    return Math.exp(logRate);
  }

  /** The minimum in milliseconds. */
  double minimumMillis() {
    return Math.min(minimum, minimumBefore);
  }
}
