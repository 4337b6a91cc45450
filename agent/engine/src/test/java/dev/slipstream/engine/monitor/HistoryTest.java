package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final History history = new History();

  @Test
  void tenMinutes_areKeptBySeconds() {
    Instant now = everySecond(Duration.ofMinutes(30));

    Series series = history.series(Metric.HOST_CPU, Duration.ofMinutes(10), now);

    assertThat(series.step()).isEqualTo(Duration.ofSeconds(1));
    assertThat(series.size()).isEqualTo(600);
    assertThat(series.millis()[599]).isEqualTo(now.toEpochMilli());
    assertThat(series.means()[599]).isEqualTo(1_800);
    assertThat(series.means()[0]).isEqualTo(1_201);
  }

  @Test
  void twoHours_areKeptByTenSeconds_asMeansAndMaxima() {
    Instant now = everySecond(Duration.ofHours(3));

    Series series = history.series(Metric.HOST_CPU, Duration.ofHours(2), now);

    assertThat(series.step()).isEqualTo(Duration.ofSeconds(10));
    assertThat(series.size()).isEqualTo(720);
    int whole = 718; // the last step has only begun
    assertThat(series.millis()[whole]).isEqualTo(now.minusSeconds(10).toEpochMilli());
    assertThat(series.means()[whole]).isEqualTo(10_794.5);
    assertThat(series.maxima()[whole]).isEqualTo(10_799);
  }

  @Test
  void aDay_isKeptByMinutes_andWhatIsOlderIsForgotten() {
    Instant now = START;
    for (int i = 0; i < 3 * 1440; i++) {
      history.record(Metric.THREADS, (double) i, now);
      now = now.plus(MINUTE);
    }

    Series series = history.series(Metric.THREADS, Duration.ofDays(7), now);

    assertThat(series.step()).isEqualTo(MINUTE);
    assertThat(series.size()).isEqualTo(1440);
    assertThat(series.means()[0]).isEqualTo(2 * 1440);
  }

  @Test
  void timeWithoutAValue_isAGap() {
    history.record(Metric.HOST_CPU, 5.0, START);
    history.record(Metric.HOST_CPU, null, START.plusSeconds(1));
    history.record(Metric.HOST_CPU, Double.NaN, START.plusSeconds(2));
    history.record(Metric.HOST_CPU, 7.0, START.plusSeconds(5));

    Series series = history.series(Metric.HOST_CPU, MINUTE, START.plusSeconds(6));

    assertThat(series.means()).containsExactly(5, 7);
    assertThat(series.millis())
        .containsExactly(START.toEpochMilli(), START.plusSeconds(5).toEpochMilli());
  }

  @Test
  void ringThatWasPassedOver_showsNothingOld() {
    everySecond(Duration.ofMinutes(10));
    Instant later = START.plus(Duration.ofHours(1));
    history.record(Metric.HOST_CPU, 1.0, later);

    assertThat(history.series(Metric.HOST_CPU, Duration.ofMinutes(10), later).means())
        .containsExactly(1);
    assertThat(history.series(Metric.HOST_CPU, Duration.ofHours(2), later).size()).isEqualTo(62);
  }

  @Test
  void window_leavesOutWhatIsBeforeItAndAfterNow() {
    everySecond(MINUTE);

    Series series = history.series(Metric.HOST_CPU, Duration.ofSeconds(3), START.plusSeconds(20));

    assertThat(series.means()).containsExactly(18, 19, 20);
  }

  @Test
  void clockSetBack_forgetsTheTimeThatComesAgain() {
    everySecond(MINUTE);
    Instant again = START.plusSeconds(30);
    history.record(Metric.HOST_CPU, 1_000.0, again);

    Series series = history.series(Metric.HOST_CPU, Duration.ofMinutes(5), START.plus(MINUTE));

    assertThat(series.size()).isEqualTo(31);
    assertThat(series.means()).endsWith(28, 29, 1_000);
    assertThat(series.maxima()[30]).isEqualTo(1_000);
  }

  @Test
  void clockSetFarBack_beginsAgain() {
    everySecond(MINUTE);
    Instant longAgo = START.minus(Duration.ofDays(400));
    history.record(Metric.HOST_CPU, 3.0, longAgo);

    assertThat(history.series(Metric.HOST_CPU, Duration.ofDays(1), longAgo).means())
        .containsExactly(3);
  }

  @Test
  void memory_isBoundedHoweverMuchIsRecorded() {
    assertThat(history.bytes()).isZero();
    Instant now = START;
    for (int i = 0; i < 10_000; i++) {
      for (Metric metric : Metric.values()) {
        history.record(metric, (double) i, now);
      }
      now = now.plusSeconds(20);
    }

    assertThat(history.bytes()).isEqualTo(History.MAX_BYTES).isLessThan(512 << 10);
  }

  @Test
  void metricWithoutAnyValue_isEmptyAndCostsNothing() {
    assertThat(history.series(Metric.HIT_RATE, MINUTE, START).size()).isZero();
    assertThat(history.bytes()).isZero();
  }

  @Test
  void metrics_haveNamesAndUnits() {
    assertThat(Metric.named("host_cpu")).isEqualTo(Metric.HOST_CPU);
    assertThat(Metric.named("Heap-After-Collection")).isEqualTo(Metric.HEAP_AFTER_COLLECTION);
    assertThat(Metric.named("cpu temperature")).isNull();
    assertThat(Metric.values())
        .allSatisfy(metric -> assertThat(Metric.named(metric.wireName())).isEqualTo(metric))
        .allSatisfy(metric -> assertThat(metric.unit()).isNotBlank());
  }

  /** A value each second, the number of the second, from START on; the time of the last. */
  private Instant everySecond(Duration length) {
    Instant now = START;
    for (int i = 0; i <= length.toSeconds(); i++) {
      now = START.plusSeconds(i);
      history.record(Metric.HOST_CPU, (double) i, now);
    }
    return now;
  }
}
