package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private final AtomicLong now = new AtomicLong();

  @ParameterizedTest
  @CsvSource({
    "0, 50",
    "1, 50",
    "1000000, 49",
    "49000000, 1",
    "49999999, 1",
    "50000000, 0",
    "50000001, 0",
    "9000000000, 0"
  })
  void remainingMillis_isRoundedUpAndNeverWaitsForEver(long passedNanos, int expected) {
    Deadline deadline = Deadline.in(Duration.ofMillis(50), now::get);
    now.set(passedNanos);
    assertThat(deadline.remainingMillis()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 10_000_000, Long.MIN_VALUE, -1})
  void remainingMillis_ofATickerThatWrapsAround(long start) {
    now.set(start);
    Deadline deadline = Deadline.in(Duration.ofMillis(50), now::get);
    assertThat(deadline.remainingMillis()).isEqualTo(50);
    now.addAndGet(30_000_000);
    assertThat(deadline.remainingMillis()).isEqualTo(20);
    now.addAndGet(30_000_000);
    assertThat(deadline.remainingMillis()).isZero();
  }

  @Test
  void remainingMillis_ofCenturies_isAnInt() {
    assertThat(Deadline.in(Duration.ofDays(36_500), now::get).remainingMillis())
        .isEqualTo(Integer.MAX_VALUE);
  }
}
