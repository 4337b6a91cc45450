package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndpointBreakerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = -5 * SECOND;
  private final EndpointBreaker breaker = new EndpointBreaker(now);

  private void calls(int count, boolean bad) {
    for (int i = 0; i < count; i++) {
      now++;
      assertThat(breaker.admits(now)).isTrue();
      breaker.ended(now, now, bad);
    }
  }

  private void armed() {
    breaker.arm(now);
    breaker.disarm(now);
    breaker.arm(now);
    now += EndpointBreaker.OPEN_NANOS;
    calls(EndpointBreaker.PROBES, false);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
  }

  @Test
  void unarmed_countsAndLetsEverythingThrough() {
    calls(200, true);

    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
    assertThat(breaker.bad(0)).isEqualTo(EndpointBreaker.CALLS);
    assertThat(breaker.opened()).isZero();
  }

  @Test
  void armed_opensOnHalfOfTheLastCalls_andNotBefore() {
    armed();
    calls(100, false);
    calls(24, true);
    calls(1, false);

    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
    calls(1, true);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.OPEN);
    assertThat(breaker.admits(now)).isFalse();
  }

  @Test
  void armed_badCallsThatAreNotAmongTheLast_doNotCount() {
    armed();
    for (int i = 0; i < 20; i++) {
      calls(24, true);
      calls(50, false);
    }

    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
  }

  @Test
  void open_letsOneScoutASecondThrough_andAGoodOneEndsTheWait() {
    breaker.arm(now);
    assertThat(breaker.admits(now + SECOND - 1)).isFalse();

    now += SECOND;
    assertThat(breaker.admits(now)).isTrue();
    assertThat(breaker.admits(now)).isFalse();
    breaker.ended(now, now + 1, true);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.OPEN);
    now += SECOND;
    assertThat(breaker.admits(now)).isTrue();
    breaker.ended(now, now, false);

    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.HALF_OPEN);
    calls(EndpointBreaker.PROBES - 1, false);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
  }

  @Test
  void open_scoutsThatHang_areFew() {
    breaker.arm(now);
    int scouts = 0;
    for (int i = 1; i < 100; i++) {
      scouts += breaker.admits(now + i * SECOND / 10) ? 1 : 0;
    }

    assertThat(scouts).isEqualTo(EndpointBreaker.PROBES);
  }

  @Test
  void halfOpen_letsAFewThrough_andOpensAnewWhereHalfAreBad() {
    breaker.arm(now);
    now += EndpointBreaker.OPEN_NANOS;
    int through = 0;
    for (int i = 0; i < 20; i++) {
      through += breaker.admits(now) ? 1 : 0;
    }
    assertThat(through).isEqualTo(EndpointBreaker.PROBES);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.HALF_OPEN);

    breaker.ended(now, now, true);
    breaker.ended(now, now, true);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.HALF_OPEN);
    breaker.ended(now, now, true);

    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.OPEN);
    assertThat(breaker.opened()).isEqualTo(2);
  }

  @Test
  void callsThatBeganBeforeItOpened_closeNothing() {
    long before = now - SECOND;
    breaker.arm(now);
    now += EndpointBreaker.OPEN_NANOS;
    breaker.ended(before, now, false);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.OPEN);
    assertThat(breaker.admits(now)).isTrue();
    for (int i = 0; i < 50; i++) {
      breaker.ended(before, now, false);
    }

    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.HALF_OPEN);
  }

  @Test
  void probesThatWereReleased_leaveTheirPlace() {
    breaker.arm(now);
    now += EndpointBreaker.OPEN_NANOS;
    for (int i = 0; i < 50; i++) {
      assertThat(breaker.admits(now)).isTrue();
      breaker.released(now);
    }

    calls(EndpointBreaker.PROBES, false);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
  }

  @Test
  void tick_probesThatHang_openItAnew_andLostOnesAreReplaced() {
    breaker.arm(now);
    now += EndpointBreaker.OPEN_NANOS;
    for (int i = 0; i < EndpointBreaker.PROBES; i++) {
      assertThat(breaker.admits(now)).isTrue();
    }
    breaker.tick(now + SECOND, 2);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.HALF_OPEN);
    breaker.tick(now + SECOND, 3);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.OPEN);

    now += SECOND + EndpointBreaker.OPEN_NANOS;
    for (int i = 0; i < EndpointBreaker.PROBES; i++) {
      assertThat(breaker.admits(now)).isTrue();
    }
    assertThat(breaker.admits(now)).isFalse();
    now += EndpointBreaker.OPEN_NANOS + 1;
    breaker.tick(now, 0);
    assertThat(breaker.admits(now)).isTrue();
  }

  @Test
  void tick_callsThatDoNotEnd_areBadCalls_withOthersThatHaveEnded() {
    armed();
    calls(100, false);
    calls(12, true);

    breaker.tick(now, 50);
    assertThat(breaker.bad(50)).isEqualTo(24);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
    calls(1, true);
    breaker.tick(now, 11);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
    breaker.tick(now, 12);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.OPEN);
  }

  @Test
  void tick_withoutTraffic_forgetsOldCalls() {
    armed();
    calls(24, true);

    now += 70 * SECOND;
    breaker.tick(now, 0);
    calls(1, true);

    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
    assertThat(breaker.bad(0)).isEqualTo(1);
  }

  @Test
  void disarm_closesIt() {
    breaker.arm(now);
    breaker.disarm(now);

    assertThat(breaker.admits(now)).isTrue();
    calls(100, true);
    assertThat(breaker.state()).isEqualTo(EndpointBreaker.State.CLOSED);
  }

  @Test
  void retryAfter_isWhatIsLeftOfTheWait() {
    breaker.arm(now);

    assertThat(breaker.retryAfterSeconds(now)).isEqualTo(10);
    assertThat(breaker.retryAfterSeconds(now + 8 * SECOND + 1)).isEqualTo(2);
    assertThat(breaker.retryAfterSeconds(now + 20 * SECOND)).isEqualTo(1);
  }
}
