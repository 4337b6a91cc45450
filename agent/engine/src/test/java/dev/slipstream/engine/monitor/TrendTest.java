package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final int POINTS = 90; // 15 minutes of 10 seconds

  @Test
  void line_hasItsSlopeWithoutDoubt() {
    Trend trend = trend(i -> 40 + 0.1 * i); // 0.6 a minute

    assertThat(trend.perMinute()).isCloseTo(0.6, within(1e-9));
    assertThat(trend.level()).isCloseTo(48.9, within(1e-9));
    assertThat(trend.confidence()).isGreaterThan(0.999);
  }

  @Test
  void noiseAndOutliers_moveTheSlopeLittle() {
    Random random = new Random(7);

    Trend trend =
        trend(i -> random.nextInt(5) == 0 ? 500 : 40 + 0.1 * i + 2 * random.nextGaussian());

    assertThat(trend.perMinute()).isCloseTo(0.6, within(0.15));
    assertThat(trend.lowPerMinute()).isLessThan(0.6);
    assertThat(trend.highPerMinute()).isGreaterThan(0.6);
    assertThat(trend.confidence()).isGreaterThan(0.95);
  }

  @Test
  void boundsOfTheSlope_holdItNineteenTimesOfTwenty() {
    int held = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Trend trend = trend(i -> 10 - 0.05 * i + 3 * random.nextGaussian());
      held += trend.lowPerMinute() <= -0.3 && trend.highPerMinute() >= -0.3 ? 1 : 0;
    }

    assertThat(held).isBetween(180, 200);
  }

  @Test
  void noise_isRarelyTakenForATrend() {
    int confident = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      confident += trend(i -> 50 + 5 * random.nextGaussian()).confidence() >= 0.95 ? 1 : 0;
    }

    assertThat(confident).isLessThanOrEqualTo(20);
  }

  /**
   * Each value is nine tenths of the one before: without the wider variance 138 of 200 would be.
   */
  @Test
  void whatWandersByItself_isSeldomTakenForATrend() {
    int confident = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double[] at = {0};
      confident +=
          trend(i -> at[0] = 0.9 * at[0] + random.nextGaussian()).confidence() >= 0.95 ? 1 : 0;
    }

    assertThat(confident).isLessThan(50);
  }

  @Test
  void constant_hasNoTrend() {
    Trend trend = trend(i -> 3);

    assertThat(trend.perMinute()).isZero();
    assertThat(trend.confidence()).isZero();
    assertThat(trend.reaches(4)).isEmpty();
  }

  @Test
  void fewPoints_orAShortTime_giveNone() {
    assertThat(Trend.of(series(11, 60_000, i -> i))).isEmpty();
    assertThat(Trend.of(series(40, 10_000, i -> i))).as("under 7.5 minutes").isEmpty();
    assertThat(Trend.of(series(12, 60_000, i -> i))).isPresent();
    assertThat(Trend.of(series(0, 1, i -> i))).isEmpty();
  }

  @Test
  void gaps_doNotBendTheLine() {
    Series whole = series(POINTS, 10_000, i -> i);
    int kept = 30;
    long[] millis = new long[kept];
    double[] values = new double[kept];
    for (int i = 0; i < kept; i++) {
      int from = i < 15 ? i : POINTS - kept + i;
      millis[i] = whole.millis()[from];
      values[i] = whole.means()[from];
    }

    Optional<Trend> trend = Trend.of(new Series(whole.step(), millis, values, values));

    assertThat(trend.orElseThrow().perMinute()).isCloseTo(6, within(1e-9));
  }

  @Test
  void forecast_ofARisingLine() {
    Forecast forecast = trend(i -> 40 + 0.1 * i).reaches(72.9).orElseThrow(); // 24 at 0.6

    assertThat(forecast.in()).isEqualTo(Duration.ofMinutes(40));
    assertThat(forecast.soonest()).isEqualTo(Duration.ofMinutes(40));
    assertThat(forecast.latest()).isEqualTo(Duration.ofMinutes(40));
    assertThat(forecast.confidence()).isGreaterThan(0.999);
  }

  @Test
  void forecast_ofAFallingLine() {
    assertThat(trend(i -> 40 - 0.1 * i).reaches(25.1).orElseThrow().in())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void forecast_ofANoisyLine_hasBoundsAroundIt() {
    Random random = new Random(3);

    Forecast forecast =
        trend(i -> 40 + 0.1 * i + 2 * random.nextGaussian()).reaches(60).orElseThrow();

    assertThat(forecast.soonest()).isLessThan(forecast.in());
    assertThat(forecast.latest()).isGreaterThan(forecast.in());
    assertThat(forecast.in().toMinutes()).isBetween(15L, 22L);
  }

  @Test
  void forecast_isNoneWhereTheLineLeadsElsewhere_orIsThere_orTakesLong_orIsDoubtful() {
    Trend rising = trend(i -> 40 + 0.1 * i);
    Random random = new Random(11);

    assertThat(rising.reaches(30)).isEmpty();
    assertThat(rising.reaches(rising.level())).isEmpty();
    assertThat(rising.reaches(48.9 + 0.6 * 61)).as("over an hour").isEmpty();
    assertThat(rising.reaches(48.9 + 0.6 * 55)).isPresent();
    assertThat(trend(i -> 50 + 5 * random.nextGaussian()).reaches(55)).isEmpty();
  }

  @Test
  void normal_isThatOfTheTables() {
    assertThat(Normal.within(0)).isCloseTo(0, within(1e-6));
    assertThat(Normal.within(1.959964)).isCloseTo(0.95, within(1e-6));
    assertThat(Normal.within(40)).isCloseTo(1, within(1e-6));
  }

  private static Trend trend(IntToDoubleFunction value) {
    return Trend.of(series(POINTS, 10_000, value)).orElseThrow();
  }

  private static Series series(int points, long stepMillis, IntToDoubleFunction value) {
    long[] millis = new long[points];
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      millis[i] = 1_700_000_000_000L + i * stepMillis;
      values[i] = value.applyAsDouble(i);
    }
    return new Series(Duration.ofMillis(stepMillis), millis, values, values);
  }
}
