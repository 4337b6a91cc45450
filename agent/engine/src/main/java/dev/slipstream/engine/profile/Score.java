package dev.slipstream.engine.profile;

import dev.slipstream.config.rules.Budget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How well an endpoint does, 0 to 1: the weighted mean of what could be measured.
 *
 * <ul>
 *   <li>0.4 × hits / (hits + misses), where there were any
 *   <li>0.4 × min(1, target / p95), the target being the budget's, else 500 ms
 *   <li>0.2 × max(0, 1 − share of failures / share allowed), the latter the budget's, else 5 %
 * </ul>
 */
final class Score {
  private static final int LEAST_REQUESTS = 10;
  private static final double OF_HITS = 0.4;
  private static final double OF_TIME = 0.4;
  private static final double OF_FAILURES = 0.2;
  private static final double TARGET_MILLIS = 500;
  private static final double ALLOWED_FAILURES = 0.05;

  private Score() {}

  static @Nullable Double of(EndpointWindow window, @Nullable Budget budget) {
    if (window.requests() < LEAST_REQUESTS) {
      return null;
    }
    Double rate = budget == null ? null : budget.errorRate();
    double allowed = rate == null ? ALLOWED_FAILURES : rate;
    double failed = (double) window.failures() / window.requests();
    double sum = OF_FAILURES * Math.max(0, 1 - failed / allowed);
    double weight = OF_FAILURES;
    long lookups = window.hits() + window.misses();
    if (lookups > 0) {
      sum += OF_HITS * window.hits() / lookups;
      weight += OF_HITS;
    }
    Double p95 = window.all().p95Millis();
    if (p95 != null) {
      Duration wanted = budget == null ? null : budget.p95();
      double target = wanted == null ? TARGET_MILLIS : wanted.toNanos() / 1e6;
      sum += OF_TIME * (p95 <= target ? 1 : target / p95);
      weight += OF_TIME;
    }
    return sum / weight;
  }
}
