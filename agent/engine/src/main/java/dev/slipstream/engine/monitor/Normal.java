package dev.slipstream.engine.monitor;

/** The normal distribution. */
final class Normal {
  private Normal() {}

  /**
   * How likely a value is within so many standard deviations of the mean, to 1.5e-7 (Abramowitz and
   * Stegun, Handbook of Mathematical Functions, 7.1.26).
   */
  static double within(double deviations) {
    double x = deviations / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double polynomial =
        ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592)
            * t;
    return Math.max(0, 1 - polynomial * Math.exp(-x * x));
  }
}
