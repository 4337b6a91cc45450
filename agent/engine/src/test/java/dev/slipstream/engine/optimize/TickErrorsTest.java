package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickErrorsTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> told = new ArrayList<>();
  private final List<String> stops = new ArrayList<>();
  private long now = SECOND;
  private final TickErrors ticks =
      new TickErrors((what, error) -> told.add(what), stops::add, () -> now);

  private void fail(int times, long apartNanos) {
    for (int i = 0; i < times; i++) {
      ticks.run(
          "a beat",
          () -> {
            throw new StackOverflowError("deep");
          });
      now += apartNanos;
    }
  }

  @Test
  void run_anError_isToldAndDoesNotGetOut() {
    fail(1, SECOND);
    assertThat(told).containsExactly("a beat");
    assertThat(stops).isEmpty();
    assertThat(ticks.stopped()).isNull();
  }

  @Test
  void run_tenErrorsWithinAMinute_stopsOnceAndIsSilentThen() {
    fail(9, SECOND / 2);
    assertThat(stops).isEmpty();
    fail(50, SECOND / 2);
    assertThat(stops)
        .containsExactly(
            "10 errors of its own within 60 s, the last: java.lang.StackOverflowError: deep");
    assertThat(ticks.stopped()).isEqualTo(stops.get(0));
    assertThat(told).hasSize(10); // the agent itself is turned off after 50
  }

  @Test
  void run_errorsFarApart_goesOn() {
    fail(100, 7 * SECOND);
    assertThat(stops).isEmpty();
  }

  @Test
  void run_tellingFailsToo_doesNotGetOut() {
    TickErrors deaf =
        new TickErrors(
            (what, error) -> {
              throw new OutOfMemoryError("Java heap space");
            },
            stops::add,
            () -> now);
    deaf.run(
        "a beat",
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
    assertThat(stops).isEmpty();
  }
}
