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

  private void calls(int count, long millis, boolean failed, boolean telling) {
    for (int i = 0; i < count; i++) {
      assertThat(guard.admit(Priority.DEFAULT, now)).isNull();
      guard.ended(now, now + millis * MILLI, failed, telling);
    }
  }

  @Test
  void signals_callsThatFailAtOnce_areBad_andTellNoDuration() {
    usual(10, 20);
    calls(25, 1, true, true);
    guard.tick(now += 500 * MILLI, false);

    assertThat(guard.signals().badCalls()).isEqualTo(25);
    assertThat(guard.signals().isFailing()).isTrue();
    assertThat(guard.signals().minLatencyMillis()).isBetween(18.0, 22.0);
  }

  @Test
  void signals_slowCalls_areBadWhileItIsCongestedAndNotThrottled() {
    usual(10, 20);
    calls(50, 300, false, true);
    guard.tick(now += 500 * MILLI, false);
    assertThat(guard.signals().badCalls()).as("no threads in danger").isZero();

    admitted(30, Priority.DEFAULT);
    guard.tick(now += 500 * MILLI, false);
    guard.tick(now += 500 * MILLI, false);
    assertThat(Congestion.isOver(guard.signals(), null, 95)).isTrue();
    int late = guard.signals().badCalls();
    assertThat(late).as("those that do not end").isEqualTo(12);
    calls(13, 199, false, true);
    guard.tick(now += 1, false);
    assertThat(guard.signals().badCalls()).isEqualTo(late);
    calls(13, 300, false, true);
    guard.tick(now += 1, false);
    assertThat(guard.signals().isFailing()).isTrue();

    guard.throttle(true, now);
    int bad = guard.signals().badCalls();
    for (int i = 0; i < 10; i++) {
      guard.pass(now);
      guard.ended(now, now + 300 * MILLI, false, true);
    }
    guard.tick(now += 1, false);
    assertThat(guard.signals().badCalls()).isLessThanOrEqualTo(bad);
  }

  @Test
  void signals_callsOfAnEndpointWithFastAndSlowOnes_areNotBad() {
    for (int i = 0; i < 400; i++) {
      calls(6, 20, false, true);
      calls(4, 400, false, true);
      guard.tick(now += 500 * MILLI, false);
    }
    admitted(60, Priority.DEFAULT); // with a minute's slots to spare
    for (int i = 0; i < 6; i++) {
      guard.tick(now += 500 * MILLI, false);
    }
    assertThat(Congestion.isOver(guard.signals(), null, 95)).isTrue();
    calls(25, 400, false, true);
    guard.tick(now += 1, false);

    assertThat(guard.signals().badCalls()).isLessThan(25);
  }

  @Test
  void ended_withoutTelling_countsAndTeachesNothing() {
    usual(60, 300);
    for (int i = 0; i < 600; i++) {
      calls(50, 1, false, false);
      guard.tick(now += 500 * MILLI, false);
    }

    assertThat(guard.signals().throughputPerSecond()).isBetween(95.0, 105.0);
    assertThat(guard.signals().baselineP95Millis()).isGreaterThan(270);
  }

  @Test
  void slowClients_alone_areNoFailure() {
    usual(10, 20);
    admitted(1_000, Priority.DEFAULT);
    guard.tick(now += 1_000 * MILLI, false);

    assertThat(guard.signals().badCalls()).isEqualTo(12);
    assertThat(guard.signals().isFailing()).isFalse();
  }

  @Test
  void throttled_whereNothingIsKnown_isNot() {
    calls(49, 2_000, false, true);
    guard.tick(now += 500 * MILLI, false);
    admitted(100, Priority.DEFAULT);
    guard.tick(now += 500 * MILLI, false);
    guard.throttle(true, now);

    assertThat(guard.isThrottled()).isFalse();
    assertThat(Congestion.isOver(guard.signals(), 100.0, 95)).isFalse();
  }

  /** Answers that take longer than usual, and are no trouble. */
  private void throttledTicks(int count, boolean processorBusy) {
    for (int i = 0; i < count; i++) {
      int through = admitted(500, Priority.DEFAULT);
      for (int j = 0; j < through; j++) {
        guard.ended(now, now + 45 * MILLI, false, true);
      }
      now += 500 * MILLI;
      guard.tick(now, processorBusy);
    }
  }

  @Test
  void throttled_whileNothingIsSlow_growsUntilNothingIsRefused_unlessTheProcessorIsBusy() {
    usual(10, 20);
    guard.throttle(true, now);
    throttledTicks(4, true);
    assertThat(guard.signals().limit()).isLessThan(25);

    throttledTicks(15, false);
    assertThat(guard.signals().limit()).isBetween(500, 650);
    assertThat(guard.signals().refused()).isZero();

    admitted(1_000, Priority.DEFAULT);
    for (int i = 0; i < 8; i++) {
      guard.tick(now += 500 * MILLI, false);
    }
    assertThat(guard.signals().limit()).as("in trouble again").isLessThan(30);
  }

  @Test
  void forgettable_onceItHadNoTraffic_andHoldsNothingBack() {
    calls(10, 20, false, true);
    for (int i = 0; i < 122; i++) {
      assertThat(guard.isForgettable(now)).isFalse();
      guard.tick(now += 500 * MILLI, false);
    }
    assertThat(guard.isForgettable(now)).as("nothing is known").isTrue();

    usual(10, 20);
    admitted(1, Priority.DEFAULT);
    for (int i = 0; i < 1_000; i++) {
      guard.tick(now += 500 * MILLI, false);
    }
    assertThat(guard.isForgettable(now)).isFalse();
    for (int i = 0; i < 400; i++) {
      guard.tick(now += 500 * MILLI, false);
    }
    assertThat(guard.isForgettable(now)).isTrue();
    guard.breaker(true, now);
    assertThat(guard.isForgettable(now)).isFalse();
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
