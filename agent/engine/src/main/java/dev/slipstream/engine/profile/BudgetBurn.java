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
 */
public record BudgetBurn(
    Budget budget,
    @Nullable Double slowLately,
    @Nullable Double slowInTheHour,
    @Nullable Double errorsLately,
    @Nullable Double errorsInTheHour) {
  /** Whether it is overdrawn, both lately and over the hour. */
  public boolean isOverdrawn() {
    return isOver(slowLately, slowInTheHour) || isOver(errorsLately, errorsInTheHour);
  }

  private static boolean isOver(@Nullable Double lately, @Nullable Double inTheHour) {
    return lately != null && inTheHour != null && lately > 1 && inTheHour > 1;
  }
}
