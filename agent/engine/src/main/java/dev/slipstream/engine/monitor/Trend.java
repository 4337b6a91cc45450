package dev.slipstream.engine.monitor;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a metric is going: a robust line through its last values.
 *
 * <p>The slope is the median of the slopes between all pairs of points (Theil 1950, Sen 1968),
 * which a quarter of outliers does not move. The confidence that there is a slope at all is that of
 * the Mann-Kendall test, ties taken into account; its variance is widened by what each value has in
 * common with the one before (Yue and Wang 2004), since what wanders by itself is no trend. The
 * bounds of the slope are Sen's, at 95 %.
 *
 * @param level the line's value at the last point, in the metric's unit
 * @param perMinute the slope, in the metric's unit a minute
 * @param lowPerMinute the slope is above this, with 95 % confidence
 * @param highPerMinute and below this
 * @param confidence that the metric has this direction, 0 to 1
 * @param span the time from the first point to the last
 */
public record Trend(
    double level,
    double perMinute,
    double lowPerMinute,
    double highPerMinute,
    double confidence,
    Duration span) {

  /** How far back a trend looks. */
  public static final Duration WINDOW = Duration.ofMinutes(15);

  private static final int FEWEST_POINTS = 12;
  private static final int MOST_POINTS = 900;
  private static final Duration SHORTEST = WINDOW.dividedBy(2);
  private static final double Z_95 = 1.96;

  /** The trend of a series; none where it has too few points, or covers too short a time. */
  public static Optional<Trend> of(Series series) {
    int n = series.size();
    if (n < FEWEST_POINTS || n > MOST_POINTS) {
      return Optional.empty();
    }
    long first = series.millis()[0];
    Duration span = Duration.ofMillis(series.millis()[n - 1] - first);
    if (span.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    double[] minutes = new double[n];
    for (int i = 0; i < n; i++) {
      minutes[i] = (series.millis()[i] - first) / 60_000.0;
    }
    return Optional.of(of(minutes, series.means(), span));
  }

  private static Trend of(double[] minutes, double[] values, Duration span) {
    int n = values.length;
    double[] slopes = new double[n * (n - 1) / 2];
    int pairs = 0;
    long rising = 0; // Kendall's S
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[pairs++] = (values[j] - values[i]) / (minutes[j] - minutes[i]);
        rising += (long) Math.signum(values[j] - values[i]);
      }
    }
    Arrays.sort(slopes);
    double slope = median(slopes);
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = values[i] - slope * minutes[i];
    }
    double deviation = Math.sqrt(variance(values) * inflation(rest));
    double base = median(sorted(rest));
    double bound = Z_95 * deviation;
    return new Trend(
        base + slope * minutes[n - 1],
        slope,
        slopes[clamp((pairs - bound) / 2 - 1, pairs)],
        slopes[clamp((pairs + bound) / 2, pairs)],
        deviation == 0 ? 0 : Normal.within(Math.max(0, Math.abs(rising) - 1) / deviation),
        span);
  }

  private static int clamp(double index, int length) {
    return (int) Math.max(0, Math.min(length - 1, Math.round(index)));
  }

  /** Of Kendall's S where there is no trend; values that are equal say nothing. */
  private static double variance(double[] values) {
    double[] sorted = sorted(values);
    double n = values.length;
    double sum = n * (n - 1) * (2 * n + 5);
    int from = 0;
    for (int to = 1; to <= sorted.length; to++) {
      if (to == sorted.length || sorted[to] != sorted[from]) {
        double equal = to - from;
        sum -= equal * (equal - 1) * (2 * equal + 5);
        from = to;
      }
    }
    return sum / 18;
  }

  /** How much fewer independent values there are than values. */
  private static double inflation(double[] rest) {
    double mean = Arrays.stream(rest).average().orElse(0);
    double together = 0;
    double alone = 0;
    for (int i = 0; i < rest.length; i++) {
      alone += (rest[i] - mean) * (rest[i] - mean);
      together += i == 0 ? 0 : (rest[i] - mean) * (rest[i - 1] - mean);
    }
    double correlation = alone == 0 ? 0 : Math.max(0, Math.min(0.95, together / alone));
    return (1 + correlation) / (1 - correlation);
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** When the metric reaches a level, if it goes on like this: see {@link Forecast}. */
  public Optional<Forecast> reaches(double level) {
    return Forecast.of(this, level);
  }
}
