package dev.slipstream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBreakerTest {
  private static final int GREATEST = ErrorBreaker.GREATEST_COUNT;

  private final MutableClock clock = new MutableClock();
  private final AtomicInteger turnedOff = new AtomicInteger();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final ErrorBreaker breaker =
      new ErrorBreaker(
          clock::nanos, AgentLog.to(logged, LogLevel.INFO, clock), turnedOff::incrementAndGet);

  @Test
  void record_fiftyAtOnce_tripsOnce() {
    record(GREATEST - 1);
    assertThat(turnedOff).hasValue(0);
    assertThat(breaker.hasTripped()).isFalse();

    record(1);
    assertThat(turnedOff).hasValue(1);
    assertThat(breaker.hasTripped()).isTrue();
    record(3 * GREATEST);

    assertThat(turnedOff).hasValue(1);
    assertThat(breaker.total()).isEqualTo(4L * GREATEST);
    assertThat(log().lines().filter(line -> line.contains("the agent is off now"))).hasSize(1);
  }

  // The first error and the fiftieth are so far apart.
  @ParameterizedTest
  @CsvSource({"59000, 1", "60000, 1", "60001, 0", "90000, 0"})
  void record_fiftyWithinTheWindow_trips(long millis, int expected) {
    record(1);
    clock.advance(Duration.ofMillis(millis));
    record(GREATEST - 1);

    assertThat(turnedOff).hasValue(expected);
  }

  @Test
  void record_steadilyFewer_neverTrips() {
    for (int i = 0; i < 10 * GREATEST; i++) {
      clock.advance(Duration.ofMillis(1_250));
      record(1);
    }

    assertThat(turnedOff).hasValue(0);
    assertThat(breaker.total()).isEqualTo(10L * GREATEST);
    assertThat(breaker.recent()).isEqualTo(49); // one every 1.25 s, for 60 s
  }

  @Test
  void record_burstAfterAQuietTime_trips() {
    record(GREATEST - 10);
    clock.advanceSeconds(61);
    record(GREATEST - 1);
    assertThat(turnedOff).hasValue(0);

    record(1);

    assertThat(turnedOff).hasValue(1);
  }

  @Test
  void reset_letsItTripAnew() {
    record(GREATEST);

    breaker.reset();

    assertThat(breaker.recent()).isZero();
    record(GREATEST - 1);
    assertThat(turnedOff).hasValue(1);
    record(1);
    assertThat(turnedOff).hasValue(2);
    assertThat(breaker.total()).isEqualTo(2L * GREATEST);
  }

  @Test
  void recent_countsWhatIsInTheWindow() {
    assertThat(breaker.recent()).isZero();
    record(2);
    clock.advanceSeconds(30);
    record(3);
    assertThat(breaker.recent()).isEqualTo(5);
    clock.advanceSeconds(31);
    assertThat(breaker.recent()).isEqualTo(3);
    record(2 * GREATEST);
    assertThat(breaker.recent()).isEqualTo(GREATEST);
    clock.advanceSeconds(61);
    assertThat(breaker.recent()).isZero();
  }

  @Test
  void record_logsTheFirstFiveWithTheirCause() {
    record(20);

    assertThat(log().lines().filter(line -> line.contains("here failed"))).hasSize(5);
    assertThat(log())
        .contains("ERROR here failed; the gateway went on without the agent")
        .contains("java.lang.IllegalStateException: boom")
        .contains("at " + ErrorBreakerTest.class.getName());
  }

  private void record(int errors) {
    for (int i = 0; i < errors; i++) {
      breaker.record("here", new IllegalStateException("boom"));
    }
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }
}
