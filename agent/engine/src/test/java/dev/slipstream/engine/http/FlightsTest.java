package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightsTest {
  private final MutableClock clock = new MutableClock();

  @Test
  void board_theFirstLeadsAndOthersMayWait() {
    Flights flights = flights();
    Flights.Boarding first = flights.board("a");
    Flights.Boarding second = flights.board("a");

    assertThat(first.leads()).isTrue();
    assertThat(second.leads()).isFalse();
    assertThat(second.flight()).isSameAs(first.flight());
    assertThat(flights.board("b").leads()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void await_isToldWhetherItWasStored(boolean stored) throws Exception {
    Flights flights = flights();
    Flights.Flight flight = flights.board("a").flight();
    List<FutureTask<Boolean>> waiters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FutureTask<Boolean> waiter =
          new FutureTask<>(() -> flights.board("a").flight().await(() -> true));
      Thread thread = new Thread(waiter, "waiter");
      thread.start();
      Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      waiters.add(waiter);
    }

    flight.land(stored);

    for (FutureTask<Boolean> waiter : waiters) {
      assertThat(waiter.get()).isEqualTo(stored);
    }
    assertThat(flights.size()).isZero();
  }

  @Test
  void board_afterOneThatWasNotStored_goesAloneForAWhile() {
    Flights flights = flights("hit_for_miss=10s");
    flights.board("a").flight().land(false);

    assertThat(flights.board("a").flight()).isNull();
    assertThat(flights.board("a").leads()).isFalse();
    clock.advanceSeconds(10);
    assertThat(flights.board("a").leads()).isTrue();
  }

  @Test
  void board_afterOneThatWasStored_leadsAgain() {
    Flights flights = flights();
    flights.board("a").flight().land(true);

    assertThat(flights.board("a").leads()).isTrue();
  }

  @Test
  void land_onlyTheFirstCallCounts() {
    Flights flights = flights();
    Flights.Flight flight = flights.board("a").flight();
    flight.land(true);
    Flights.Boarding next = flights.board("a");

    flight.land(false);

    assertThat(flight.await(() -> true)).isTrue();
    assertThat(next.leads()).isTrue();
    assertThat(flights.board("a").flight()).isSameAs(next.flight());
  }

  @Test
  void board_oneThatNeverLands_isLeftBehind() {
    Flights flights = flights("coalescing_wait=5s");
    Flights.Flight lost = flights.board("a").flight();
    clock.advanceSeconds(5);

    Flights.Boarding next = flights.board("a");

    assertThat(next.leads()).isTrue();
    assertThat(next.flight()).isNotSameAs(lost);
    lost.land(true);
    assertThat(flights.board("a").flight()).isSameAs(next.flight());
  }

  @Test
  void await_withoutAPlace_returnsAtOnce() {
    Flights flights = flights("coalescing_waiters=0");
    flights.board("a");

    assertThat(flights.board("a").flight().await(() -> true)).isFalse();
  }

  @Test
  void await_interrupted_returnsAndKeepsTheInterrupt() throws Exception {
    Flights flights = flights();
    Flights.Flight flight = flights.board("a").flight();
    CountDownLatch done = new CountDownLatch(1);
    boolean[] interrupted = {false};
    Thread waiter =
        new Thread(
            () -> {
              interrupted[0] = !flight.await(() -> true) && Thread.currentThread().isInterrupted();
              done.countDown();
            },
            "waiter");
    waiter.start();

    waiter.interrupt();
    done.await();

    assertThat(interrupted[0]).isTrue();
  }

  @Test
  void board_whereNobodyWaits_goesAlone() {
    assertThat(flights("coalescing_wait=0").board("a").flight()).isNull();
  }

  private Flights flights(String... settings) {
    return new Flights(TestSettings.with(settings).http(), clock);
  }
}
