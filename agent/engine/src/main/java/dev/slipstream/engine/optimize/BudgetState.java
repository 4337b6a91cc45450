package dev.slipstream.engine.optimize;

import dev.slipstream.engine.monitor.Forecast;
import dev.slipstream.engine.profile.BudgetBurn;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint keeps its budget.
 *
 * @param endpoint its name
 * @param burn how fast it uses the budget up
 * @param slow when its p95 reaches the budget's; null where nothing tells
 */
record BudgetState(String endpoint, BudgetBurn burn, @Nullable Forecast slow) {
  private static final int LEAST_REQUESTS = 100;
  private static final double LEAST_CONFIDENCE = 0.95;
  private static final double SHARE_ABOVE_P95 = 0.05;

  /** How sure it is that too many are slow, lately and over the hour; null where it is not. */
  @Nullable Double slowSurely() {
    return burn.isTooSlow() ? surely(burn.slowLately(), SHARE_ABOVE_P95) : null;
  }

  /** How sure it is that too many fail, lately and over the hour; null where it is not. */
  @Nullable Double errorsSurely() {
    return burn.isTooFaulty() ? surely(burn.errorsLately(), burn.budget().errorRate()) : null;
  }

  private @Nullable Double surely(@Nullable Double lately, @Nullable Double allowed) {
    long requests = burn.requestsLately();
    if (lately == null || allowed == null || requests < LEAST_REQUESTS) {
      return null;
    }
    double confidence = fewerThan(Math.round(lately * allowed * requests), allowed * requests);
    return confidence >= LEAST_CONFIDENCE ? (Double) confidence : null;
  }

  /**
   * How likely fewer events are than so many, where the mean is so great (Poisson): more than that
   * is hardly chance. For great means by the normal distribution's logistic approximation.
   */
  static double fewerThan(long count, double mean) {
    if (mean > 500) {
      double deviations = (count - 0.5 - mean) / Math.sqrt(mean);
      return 1 / (1 + Math.exp(-1.702 * deviations));
    }
    double term = Math.exp(-mean);
    double sum = 0;
    for (long k = 0; k < count; k++) {
      sum += term;
      term *= mean / (k + 1);
    }
    return Math.min(1, sum);
  }
}
