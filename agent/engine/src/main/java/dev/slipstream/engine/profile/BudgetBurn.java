package dev.slipstream.engine.profile;

import dev.slipstream.config.rules.Budget;
import org.jspecify.annotations.Nullable;

/**
 * How fast an endpoint uses its budget up: the share of requests that were slow, or failed, over
 * the share that may be. At 1 it is used up exactly; above, it is overdrawn (<i>The Site
 * Reliability Workbook</i>, chapter 5). Null where there were no requests, or no such budget.
 *
 * @param slowLately of the time, over the last 4 to 5 minutes
 * @param slowInTheHour of the time, over the last hour
 * @param errorsLately of failures, over the last 4 to 5 minutes
 * @param errorsInTheHour of failures, over the last hour
 * @param requestsLately what that is a share of, over the last 4 to 5 minutes
 */
public record BudgetBurn(
    Budget budget,
    @Nullable Double slowLately,
    @Nullable Double slowInTheHour,
    @Nullable Double errorsLately,
    @Nullable Double errorsInTheHour,
    long requestsLately) {
  /** Whether too many were slow, both lately and over the hour. */
  public boolean isTooSlow() {
    return isOver(slowLately, slowInTheHour);
  }

  /** Whether too many failed, both lately and over the hour. */
  public boolean isTooFaulty() {
    return isOver(errorsLately, errorsInTheHour);
  }

  private static boolean isOver(@Nullable Double lately, @Nullable Double inTheHour) {
    return lately != null && inTheHour != null && lately > 1 && inTheHour > 1;
  }
}
