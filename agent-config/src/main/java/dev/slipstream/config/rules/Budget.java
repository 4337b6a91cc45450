package dev.slipstream.config.rules;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How slow and how faulty the endpoints of a rule may be: a service level objective.
 *
 * @param p95 the time that 95 % of the requests may take at most; null where that does not matter
 * @param errorRate the share of requests that may fail, above 0 and up to 1; null likewise
 */
public record Budget(@Nullable Duration p95, @Nullable Double errorRate) {
  public Budget {
    if (p95 == null && errorRate == null) {
      throw new IllegalArgumentException("a budget is of something");
    }
    if (p95 != null && (p95.isZero() || p95.isNegative())) {
      throw new IllegalArgumentException("a time is longer than zero");
    }
    if (errorRate != null && !(errorRate > 0 && errorRate <= 1)) {
      throw new IllegalArgumentException("a share is above 0 and up to 1");
    }
  }
}
