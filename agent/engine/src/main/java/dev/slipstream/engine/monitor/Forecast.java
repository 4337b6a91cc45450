package dev.slipstream.engine.monitor;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a metric reaches a level, should it go on as before.
 *
 * @param level in the metric's unit
 * @param in the time until then
 * @param soonest the time until then at the steepest slope that is likely
 * @param latest the time until then at the flattest; null where that never gets there
 * @param confidence that it has this direction, 0 to 1
 */
public record Forecast(
    double level, Duration in, Duration soonest, @Nullable Duration latest, double confidence) {
  private static final double LEAST_CONFIDENCE = 0.95;

  /** A time four times as long as the one looked back on is as far as a line may be drawn. */
  private static final int FARTHEST_SPANS = 4;

  /** None where the trend is doubtful, leads elsewhere, is there already, or would take long. */
  static Optional<Forecast> of(Trend trend, double level) {
    double distance = level - trend.level();
    if (trend.confidence() < LEAST_CONFIDENCE || distance * trend.perMinute() <= 0) {
      return Optional.empty();
    }
    double minutes = distance / trend.perMinute();
    if (minutes > FARTHEST_SPANS * trend.span().toSeconds() / 60.0) {
      return Optional.empty();
    }
    boolean rising = distance > 0;
    double steepest = rising ? trend.highPerMinute() : trend.lowPerMinute();
    double flattest = rising ? trend.lowPerMinute() : trend.highPerMinute();
    return Optional.of(
        new Forecast(
            level,
            minutes(minutes),
            minutes(distance / steepest),
            distance * flattest <= 0 ? null : minutes(distance / flattest),
            trend.confidence()));
  }

  private static Duration minutes(double minutes) {
    return Duration.ofSeconds(Math.round(minutes * 60));
  }
}
