package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CongestionTest {
  private static Signals signals(
      int inFlight, double supported, @Nullable Double p95, long refused) {
    return new Signals(
        inFlight,
        100,
        20.0,
        supported,
        p95,
        30.0,
        20.0,
        0.0,
        0,
        null,
        refused,
        EndpointBreaker.State.CLOSED);
  }

  @Test
  void over_needsMoreUnderWayThanIsSupported_andSlownessOrABusyProcessor() {
    assertThat(Congestion.isOver(signals(21, 20, 91.0, 0), 10.0, 95)).isTrue();
    assertThat(Congestion.isOver(signals(20, 20, 91.0, 0), 10.0, 95)).isFalse();
    assertThat(Congestion.isOver(signals(21, 20, 90.0, 0), 10.0, 95)).isFalse();
    assertThat(Congestion.isOver(signals(21, 20, 25.0, 0), 96.0, 95)).isTrue();
    assertThat(Congestion.isOver(signals(20, 20, 25.0, 0), 96.0, 95)).isFalse();
    assertThat(Congestion.isOver(signals(21, 20, 25.0, 0), 95.0, 95)).isFalse();
  }

  @Test
  void over_whatWasNotMeasured_isNoTrouble() {
    assertThat(Congestion.isOver(signals(21, 20, null, 0), null, 95)).isFalse();
    assertThat(Congestion.isOver(signals(21, 20, 91.0, 0), null, 95)).isTrue();
  }

  @Test
  void over_whereNothingIsKnown_isNoTrouble() {
    Signals unknown =
        new Signals(
            50, 100, null, 20, 2_000.0, null, null, 0.0, 0, null, 0, EndpointBreaker.State.CLOSED);

    assertThat(Congestion.isOver(unknown, 100.0, 95)).isFalse();
  }

  @Test
  void over_answersOfAFewMilliseconds_areNeverSlow() {
    Signals quick =
        new Signals(
            50, 100, 1.0, 20, 49.0, 2.0, 1.0, 0.0, 0, null, 0, EndpointBreaker.State.CLOSED);

    assertThat(Congestion.isOver(quick, null, 95)).isFalse();
  }

  @Test
  void under_leavesAMargin_andWaitsUntilNothingIsRefused() {
    assertThat(Congestion.isUnder(signals(30, 20, 82.0, 0), 10.0, 95)).isFalse();
    assertThat(Congestion.isUnder(signals(30, 20, 80.0, 0), 10.0, 95)).isTrue();
    assertThat(Congestion.isUnder(signals(30, 20, 80.0, 1), 10.0, 95)).isFalse();
    assertThat(Congestion.isUnder(signals(30, 20, 80.0, 0), 86.0, 95)).isFalse();
    assertThat(Congestion.isUnder(signals(20, 20, 80.0, 0), 86.0, 95)).isTrue();
    assertThat(Congestion.isUnder(signals(0, 20, null, 0), null, 95)).isTrue();
  }
}
