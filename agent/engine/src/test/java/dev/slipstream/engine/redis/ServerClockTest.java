package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerClockTest {
  private final ServerClock clock = new ServerClock();

  @Test
  void micros_isNeverLaterThanItWas() {
    // The server is ahead by 5 s; its answer of 105 s took 2 s to come.
    clock.checked(ServerClock.ahead(105_000_000, 102_000));
    assertThat(clock.micros(100_000)).isLessThanOrEqualTo(105_000_000).isGreaterThan(102_000_000);
    assertThat(clock.millis(100_000)).isEqualTo(102_999);
  }

  @Test
  void micros_afterThisClockWasSetBack_isTheEarlierForAWhile() {
    clock.checked(0);
    clock.checked(10_000_000);
    clock.checked(10_000_000);
    assertThat(clock.micros(1)).isEqualTo(1_000);
    clock.checked(10_000_000);
    assertThat(clock.micros(1)).isEqualTo(10_001_000);
  }

  @Test
  void isKnown_onlyAfterACheck() {
    assertThat(clock.isKnown()).isFalse();
    clock.checked(-5);
    assertThat(clock.isKnown()).isTrue();
  }
}
