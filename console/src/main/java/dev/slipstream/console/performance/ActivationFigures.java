package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.console.merge.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An activation of a rule, and what it brought.
 *
 * @param number counts activations of its gateway
 * @param subject {@code gateway}, or an endpoint
 * @param observed whether nothing was done
 * @param injected metrics that were made up when it entered; null for none
 * @param endedAt null while it goes on, as is {@code ending}
 * @param verdict pending, helped, no_effect, harmed or unknown
 * @param effect the verdict in numbers; null while it is measured
 */
public record ActivationFigures(
    String target,
    long number,
    String rule,
    String subject,
    String reason,
    String action,
    boolean observed,
    @Nullable String injected,
    String beganAt,
    @Nullable String endedAt,
    @Nullable String ending,
    String verdict,
    @Nullable String effect,
    Sample before,
    Sample after) {

  /**
   * Means of the samples before or after; null where nothing was measured.
   *
   * @param p95Ms 95th percentile of exchanges, in milliseconds
   * @param cpuPercent processor load
   * @param errorRate share of failed exchanges, 0 to 1
   * @param hitRate share of hits, 0 to 1
   */
  public record Sample(
      @Nullable Double p95Ms,
      @Nullable Double cpuPercent,
      @Nullable Double errorRate,
      @Nullable Double hitRate) {}

  /** That of a gateway. */
  public static ActivationFigures of(String target, ActivationReport report) {
    return new ActivationFigures(
        target,
        report.number(),
        report.rule(),
        report.subject(),
        report.reason(),
        report.action(),
        report.observed(),
        Wire.text(report.injected()),
        Wire.at(Instant.ofEpochMilli(report.beganAtMillis())),
        Wire.at(report.endedAtMillis()),
        Wire.text(report.ending()),
        report.verdict(),
        Wire.text(report.effect()),
        new Sample(
            report.p95MillisBefore(),
            report.cpuPercentBefore(),
            report.errorRateBefore(),
            report.hitRateBefore()),
        new Sample(
            report.p95MillisAfter(),
            report.cpuPercentAfter(),
            report.errorRateAfter(),
            report.hitRateAfter()));
  }
}
