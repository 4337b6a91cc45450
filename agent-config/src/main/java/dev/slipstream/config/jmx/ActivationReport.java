package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the optimizer that has entered, and what that brought. Means of the samples before and
 * after it; absent where nothing was measured.
 *
 * @param number counts activations since the start
 * @param rule the rule
 * @param subject {@code gateway}, or an endpoint: method and template
 * @param reason why it entered, in numbers
 * @param action what was done, or would have been
 * @param observed whether nothing was done
 * @param injected metrics that were made up when it entered; empty for none
 * @param beganAtMillis when it entered, in milliseconds since 1970
 * @param endedAtMillis when it left, likewise; absent while it goes on
 * @param ending how it ended; empty while it goes on
 * @param verdict one of: still being measured, helped, no_effect, harmed, unknown; the first is
 *     written as {@code PENDING} in lower case
 * @param effect the verdict in numbers; empty while it is measured
 * @param countedMetric the metric that should get better, with its unit
 * @param countedBefore that metric before
 * @param countedAfter and after
 * @param p95MillisBefore 95th percentile of exchanges before, in milliseconds
 * @param p95MillisAfter and after
 * @param cpuPercentBefore processor load before, in percent
 * @param cpuPercentAfter and after
 * @param errorRateBefore share of failed exchanges before, 0 to 1
 * @param errorRateAfter and after
 * @param hitRateBefore share of hits before, 0 to 1
 * @param hitRateAfter and after
 */
public record ActivationReport(
    long number,
    String rule,
    String subject,
    String reason,
    String action,
    boolean observed,
    String injected,
    long beganAtMillis,
    @Nullable Long endedAtMillis,
    String ending,
    String verdict,
    String effect,
    String countedMetric,
    @Nullable Double countedBefore,
    @Nullable Double countedAfter,
    @Nullable Double p95MillisBefore,
    @Nullable Double p95MillisAfter,
    @Nullable Double cpuPercentBefore,
    @Nullable Double cpuPercentAfter,
    @Nullable Double errorRateBefore,
    @Nullable Double errorRateAfter,
    @Nullable Double hitRateBefore,
    @Nullable Double hitRateAfter) {
  /** What {@link #number} is, under the name that JMX looks for, as are the following. */
  public long getNumber() {
    return number;
  }

  /** See {@link #rule}. */
  public String getRule() {
    return rule;
  }

  /** See {@link #subject}. */
  public String getSubject() {
    return subject;
  }

  /** See {@link #reason}. */
  public String getReason() {
    return reason;
  }

  /** See {@link #action}. */
  public String getAction() {
    return action;
  }

  /** See {@link #observed}. */
  public boolean isObserved() {
    return observed;
  }

  /** See {@link #injected}. */
  public String getInjected() {
    return injected;
  }

  /** See {@link #beganAtMillis}. */
  public long getBeganAtMillis() {
    return beganAtMillis;
  }

  /** See {@link #endedAtMillis}. */
  public @Nullable Long getEndedAtMillis() {
    return endedAtMillis;
  }

  /** See {@link #ending}. */
  public String getEnding() {
    return ending;
  }

  /** See {@link #verdict}. */
  public String getVerdict() {
    return verdict;
  }

  /** See {@link #effect}. */
  public String getEffect() {
    return effect;
  }

  /** See {@link #countedMetric}. */
  public String getCountedMetric() {
    return countedMetric;
  }

  /** See {@link #countedBefore}. */
  public @Nullable Double getCountedBefore() {
    return countedBefore;
  }

  /** See {@link #countedAfter}. */
  public @Nullable Double getCountedAfter() {
    return countedAfter;
  }

  /** See {@link #p95MillisBefore}. */
  public @Nullable Double getP95MillisBefore() {
    return p95MillisBefore;
  }

  /** See {@link #p95MillisAfter}. */
  public @Nullable Double getP95MillisAfter() {
    return p95MillisAfter;
  }

  /** See {@link #cpuPercentBefore}. */
  public @Nullable Double getCpuPercentBefore() {
    return cpuPercentBefore;
  }

  /** See {@link #cpuPercentAfter}. */
  public @Nullable Double getCpuPercentAfter() {
    return cpuPercentAfter;
  }

  /** See {@link #errorRateBefore}. */
  public @Nullable Double getErrorRateBefore() {
    return errorRateBefore;
  }

  /** See {@link #errorRateAfter}. */
  public @Nullable Double getErrorRateAfter() {
    return errorRateAfter;
  }

  /** See {@link #hitRateBefore}. */
  public @Nullable Double getHitRateBefore() {
    return hitRateBefore;
  }

  /** See {@link #hitRateAfter}. */
  public @Nullable Double getHitRateAfter() {
    return hitRateAfter;
  }

  /** Rebuilds the record from what JMX sends. */
  public static ActivationReport from(CompositeData data) {
    return new ActivationReport(
        (Long) data.get("number"),
        (String) data.get("rule"),
        (String) data.get("subject"),
        (String) data.get("reason"),
        (String) data.get("action"),
        (Boolean) data.get("observed"),
        (String) data.get("injected"),
        (Long) data.get("beganAtMillis"),
        (Long) data.get("endedAtMillis"),
        (String) data.get("ending"),
        (String) data.get("verdict"),
        (String) data.get("effect"),
        (String) data.get("countedMetric"),
        (Double) data.get("countedBefore"),
        (Double) data.get("countedAfter"),
        (Double) data.get("p95MillisBefore"),
        (Double) data.get("p95MillisAfter"),
        (Double) data.get("cpuPercentBefore"),
        (Double) data.get("cpuPercentAfter"),
        (Double) data.get("errorRateBefore"),
        (Double) data.get("errorRateAfter"),
        (Double) data.get("hitRateBefore"),
        (Double) data.get("hitRateAfter"));
  }
}
