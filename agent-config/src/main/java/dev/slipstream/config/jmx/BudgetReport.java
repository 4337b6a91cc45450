package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * How fast an endpoint uses its budget up; null where there were no requests.
 *
 * @param p95Millis what 95 % of the requests may take, in milliseconds; null where that is not
 *     limited
 * @param errorRate the share of requests that may fail, 0 to 1; null likewise
 * @param slowLately share that was too slow over share that may be, over 5 minutes; above 1 is
 *     overdrawn
 * @param slowInTheHour the same over an hour
 * @param errorsLately share that failed over share that may, over 5 minutes
 * @param errorsInTheHour the same over an hour
 */
public record BudgetReport(
    @Nullable Double p95Millis,
    @Nullable Double errorRate,
    @Nullable Double slowLately,
    @Nullable Double slowInTheHour,
    @Nullable Double errorsLately,
    @Nullable Double errorsInTheHour) {
  /** What {@link #p95Millis} is, under the name that JMX looks for, as are the following. */
  public @Nullable Double getP95Millis() {
    return p95Millis;
  }

  /** See {@link #errorRate}. */
  public @Nullable Double getErrorRate() {
    return errorRate;
  }

  /** See {@link #slowLately}. */
  public @Nullable Double getSlowLately() {
    return slowLately;
  }

  /** See {@link #slowInTheHour}. */
  public @Nullable Double getSlowInTheHour() {
    return slowInTheHour;
  }

  /** See {@link #errorsLately}. */
  public @Nullable Double getErrorsLately() {
    return errorsLately;
  }

  /** See {@link #errorsInTheHour}. */
  public @Nullable Double getErrorsInTheHour() {
    return errorsInTheHour;
  }

  /** Rebuilds the record from what JMX sends. */
  public static BudgetReport from(CompositeData data) {
    return new BudgetReport(
        (Double) data.get("p95Millis"),
        (Double) data.get("errorRate"),
        (Double) data.get("slowLately"),
        (Double) data.get("slowInTheHour"),
        (Double) data.get("errorsLately"),
        (Double) data.get("errorsInTheHour"));
  }
}
