package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndpointGuardTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int FLOOR = 20;

  private long now = 1_000 * MILLI;
  private final EndpointGuard guard = new EndpointGuard("GET /a", FLOOR, now);

  /** Seconds of 100 answers each, one after another. */
  private void usual(int seconds, long millis) {
    for (int i = 0; i < seconds * 100; i++) {
      assertThat(guard.admit(Priority.DEFAULT, now)).isNull();
      guard.ended(now, now + millis * MILLI, false, true);
      now += 10 * MILLI;
      if (i % 50 == 49) {
        guard.tick(now, false);
      }
    }
  }

  private List<Priority> admitted(Priority... wanted) {
    List<Priority> admitted = new ArrayList<>();
    for (Priority priority : wanted) {
      if (guard.admit(priority, now) == null) {
        admitted.add(priority);
      }
    }
    return admitted;
  }

  private int admitted(int wanted, Priority priority) {
    int admitted = 0;
    for (int i = 0; i < wanted; i++) {
      admitted += guard.admit(priority, now) == null ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void admit_unlessThrottled_hasNoLimit() {
    usual(10, 20);

    assertThat(admitted(10_000, Priority.SHEDDABLE)).isEqualTo(10_000);
    assertThat(guard.inFlight()).isEqualTo(10_000);
  }

  @Test
  void throttled_beginsAtTheFloor_sheddableFirstAndCriticalLast() {
    usual(10, 20);
    guard.throttle(true, now);

    assertThat(guard.signals().limit()).isEqualTo(FLOOR);
    assertThat(admitted(100, Priority.SHEDDABLE)).isEqualTo(FLOOR / 2);
    assertThat(admitted(100, Priority.DEFAULT)).isEqualTo(FLOOR / 2);
    assertThat(admitted(Priority.SHEDDABLE, Priority.DEFAULT)).isEmpty();
    assertThat(admitted(100, Priority.CRITICAL)).isEqualTo(FLOOR);
    TurnedAway turnedAway = guard.admit(Priority.CRITICAL, now);
    assertThat(turnedAway).isEqualTo(new TurnedAway(TurnedAway.Reason.THROTTLED, 1));
    assertThat(guard.inFlight()).isEqualTo(2 * FLOOR);
  }

  @Test
  void throttled_neverTakesWhatTheEndpointNeedsWhenItDoesWell() {
    usual(30, 500); // 100 a second for half a second each: 50 under way

    guard.throttle(true, now);

    assertThat(guard.signals().limit()).isBetween(44, 56);
  }

  @Test
  void throttled_growsWhileAnswersAreQuick() {
    usual(10, 20);
    guard.throttle(true, now);
    for (int i = 0; i < 6; i++) {
      int through = admitted(500, Priority.DEFAULT);
      for (int j = 0; j < through; j++) {
        guard.ended(now, now + 20 * MILLI, false, true);
      }
      now += 500 * MILLI;
      guard.tick(now, false);
    }

    assertThat(guard.signals().limit()).isGreaterThan(2 * FLOOR);
    guard.throttle(false, now);
    assertThat(guard.isThrottled()).isFalse();
    assertThat(admitted(10_000, Priority.DEFAULT)).isEqualTo(10_000);
  }

  @Test
  void throttled_whereNothingEnds_doesNotGrow() {
    usual(10, 20);
    guard.throttle(true, now);
    admitted(500, Priority.DEFAULT);
    for (int i = 0; i < 20; i++) {
      now += 500 * MILLI;
      guard.tick(now, false);
    }

    assertThat(guard.signals().limit()).isEqualTo(FLOOR);
  }

  @Test
  void signals_tellOfRequestsThatDoNotEnd() {
    usual(10, 20);
    assertThat(guard.signals().p95Millis()).isBetween(18.0, 22.0);
    assertThat(guard.signals().minLatencyMillis()).isBetween(18.0, 22.0);
    assertThat(guard.signals().throughputPerSecond()).isBetween(95.0, 105.0);

    for (int i = 0; i < 50; i++) {
      assertThat(guard.admit(Priority.DEFAULT, now)).isNull();
      now += 10 * MILLI;
    }
    guard.tick(now, false);

    assertThat(guard.signals().inFlight()).isEqualTo(50);
    assertThat(guard.signals().p95Millis()).isGreaterThan(90);
    assertThat(Congestion.isOver(guard.signals(), null, 95)).isTrue();
  }

  @Test
  void signals_calls_failAtOnceOrAreSlow_areBad() {
    usual(10, 20);
    for (int i = 0; i < 20; i++) {
      guard.admit(Priority.DEFAULT, now);
      guard.ended(now, now + MILLI, true, true);
    }
    for (int i = 0; i < 5; i++) {
      guard.admit(Priority.DEFAULT, now);
      guard.ended(now, now + 199 * MILLI, false, true);
    }
    guard.tick(now += 500 * MILLI, false);
    assertThat(guard.signals().badCalls()).isEqualTo(20);
    assertThat(guard.signals().isFailing()).isFalse();

    for (int i = 0; i < 5; i++) {
      guard.admit(Priority.DEFAULT, now);
      guard.ended(now, now + 201 * MILLI, false, true);
    }
    guard.tick(now += 500 * MILLI, false);
    assertThat(guard.signals().badCalls()).isEqualTo(25);
    assertThat(guard.signals().isFailing()).isTrue();
    assertThat(guard.signals().minLatencyMillis()).isBetween(18.0, 22.0);
  }

  @Test
  void breaker_onceOn_refusesAndSaysWhen() {
    usual(10, 20);
    guard.breaker(true, now);

    assertThat(guard.admit(Priority.CRITICAL, now))
        .isEqualTo(new TurnedAway(TurnedAway.Reason.BREAKER_OPEN, 10));
    assertThat(guard.signals().breaker()).isEqualTo(EndpointBreaker.State.OPEN);
    assertThat(guard.inFlight()).isZero();

    guard.breaker(false, now);
    assertThat(guard.admit(Priority.DEFAULT, now)).isNull();
  }

  @Test
  void released_countsNoAnswer() {
    usual(10, 20);
    guard.admit(Priority.DEFAULT, now);
    guard.released(now);
    guard.tick(now += 500 * MILLI, false);
    guard.tick(now += 500 * MILLI, false);

    assertThat(guard.inFlight()).isZero();
    assertThat(guard.signals().throughputPerSecond()).isZero();
    assertThat(guard.signals().p95Millis()).isNull();
  }

  @Test
  void endpointThatHasBecomeSlowerForGood_isTakenAsItIsInTheEnd() {
    usual(60, 20);
    usual(60, 400);
    assertThat(guard.signals().baselineP95Millis()).isLessThan(100);
    usual(1_800, 400);

    assertThat(guard.signals().baselineP95Millis()).isGreaterThan(200);
  }
}
