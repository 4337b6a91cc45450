package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Latency latency = new Latency();

  @Test
  void percentile_withoutOperations_isAbsent() {
    assertThat(latency.percentileMillis(0.5, 0)).isNull();
  }

  @Test
  void percentiles_ofOneToAThousandMillis() {
    for (int i = 1; i <= 1_000; i++) {
      latency.note(TimeUnit.MILLISECONDS.toNanos(i), 0);
    }
    assertThat(latency.percentileMillis(0.5, 0)).isCloseTo(500, within(32.0));
    assertThat(latency.percentileMillis(0.95, 0)).isCloseTo(950, within(60.0));
    assertThat(latency.percentileMillis(0.99, 0)).isCloseTo(990, within(62.0));
    assertThat(latency.percentileMillis(1, 0)).isCloseTo(1_000, within(63.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 1_000, 49_999, 123_456_789})
  void middle_ofAClass_isWithinASixteenth(long micros) {
    double middle = Latency.middle(Latency.index(micros));
    assertThat(middle).isCloseTo(micros + 0.5, within(Math.max(0.5, micros / 16.0) + 0.5));
  }

  @Test
  void index_ofTheLongest_isTheLast() {
    assertThat(Latency.index(Long.MAX_VALUE / 1_000)).isEqualTo(255);
    assertThat(Latency.index(-1)).isZero();
  }

  @Test
  void note_afterTwoMinutes_isForgotten() {
    latency.note(1_000_000, 0);
    assertThat(latency.percentileMillis(0.5, MINUTE)).isNotNull();
    latency.note(9_000_000, MINUTE);
    assertThat(latency.percentileMillis(0, MINUTE)).isCloseTo(1, within(0.1));
    latency.note(9_000_000, 2 * MINUTE);
    assertThat(latency.percentileMillis(0, 2 * MINUTE)).isCloseTo(9, within(0.6));
    assertThat(latency.percentileMillis(0, 5 * MINUTE)).isNull();
  }
}
