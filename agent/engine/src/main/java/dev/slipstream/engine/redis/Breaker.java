package dev.slipstream.engine.redis;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Keeps requests from a server that fails or is slow. Thread-safe.
 *
 * <p>It opens when half of the last {@value #WINDOW} operations, or of the first {@value #LEAST},
 * failed or took longer than half the budget. It never lets a request try whether the server is
 * back: {@link Keeper} does, with {@value #PROBES} probes, and all others wait for that.
 */
final class Breaker {
  static final int PROBES = 3;

  private static final int WINDOW = 20;
  private static final int LEAST = 8;
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final CircuitBreaker breaker;
  private final long slowNanos;
  private volatile String reason = "not connected yet";

  /** Makes an open breaker; {@code opened} runs when it opens, in whichever thread. */
  Breaker(Duration budget, Runnable opened) {
    slowNanos = budget.dividedBy(2).toNanos();
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindow(WINDOW, LEAST, SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(50)
            .slowCallRateThreshold(50)
            .slowCallDurationThreshold(Duration.ofNanos(slowNanos))
            .permittedNumberOfCallsInHalfOpenState(PROBES)
            .waitDurationInOpenState(FOR_EVER)
            .automaticTransitionFromOpenToHalfOpenEnabled(false)
            .writableStackTraceEnabled(false)
            .build();
    breaker = CircuitBreaker.of("redis", config);
    breaker.transitionToOpenState();
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              if (event.getStateTransition().getToState() == State.OPEN) {
                opened.run();
              }
            });
  }

  boolean isClosed() {
    return breaker.getState() == State.CLOSED;
  }

  /** The state as operators read it: closed, open or half_open. */
  String state() {
    return breaker.getState().name().toLowerCase(Locale.ROOT);
  }

  /** Why it is open; of no meaning while it is closed. */
  String reason() {
    return reason;
  }

  void succeeded(long nanos) {
    if (nanos > slowNanos) {
      reason = "it takes longer than " + TimeUnit.NANOSECONDS.toMillis(slowNanos) + " ms";
    }
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(long nanos, String why, Throwable failure) {
    reason = why;
    breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
  }

  /** Opens it at once. */
  void open(String why) {
    reason = why;
    if (breaker.getState() != State.OPEN) {
      breaker.transitionToOpenState();
    }
  }

  /** Lets probes decide: after {@value #PROBES} of them it is closed or open again. */
  void halfOpen() {
    breaker.transitionToHalfOpenState();
  }
}
