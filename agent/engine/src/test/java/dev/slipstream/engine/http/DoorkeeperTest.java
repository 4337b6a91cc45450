package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.Priority;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.Permit;
import dev.slipstream.engine.admit.TurnedAway.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a request may go on, and what its client gets where it may not. */
class DoorkeeperTest {
  private static final String STALE_IF_ERROR = "max-age=1, stale-if-error=600";

  private long now = System.nanoTime();
  private final TestGateway gateway = new TestGateway("throttle_floor=2");
  private final AdmissionControl control = gateway.cache.doorkeeper().admission();

  private static Doorkeeper.@Nullable Answer ask(TestGateway gateway, String path) {
    TestRequest request = TestRequest.get(path);
    return ask(gateway, gateway.decide(request), request, System.nanoTime());
  }

  private static Doorkeeper.@Nullable Answer ask(
      TestGateway gateway, Decision decision, TestRequest request, long nowNanos) {
    Doorkeeper keeper = gateway.cache.doorkeeper();
    return keeper.ask(decision, request, keeper.guard(decision, request), nowNanos);
  }

  private Doorkeeper.@Nullable Answer ask(String path) {
    return ask(gateway, path);
  }

  private EndpointGuard guard(String path) {
    return control.guard("GET", path, now);
  }

  private void openBreaker(String path) {
    guard(path).breaker(true, now);
  }

  /** Nothing is throttled of which nobody knows what is usual. */
  private void answerQuickly(String path) {
    for (int i = 0; i < 100; i++) {
      guard(path).admit(Priority.DEFAULT, now);
      guard(path).ended(now, now + TimeUnit.MILLISECONDS.toNanos(1), false, true);
      if (i % 10 == 9) {
        now += TimeUnit.MILLISECONDS.toNanos(500);
        control.tick(now);
      }
    }
  }

  private static Reason refusedFor(Doorkeeper.@Nullable Answer answer) {
    return ((Doorkeeper.Refuse) answer).why().reason();
  }

  @Test
  void request_goesOn_andIsUnderWayUntilItsPermitIsBack() {
    assertThat(ask("/a")).isNull();
    assertThat(guard("/a").inFlight()).isEqualTo(1);

    Permit permit = control.permit(guard("/a"), now);
    permit.release();
    permit.release();

    assertThat(guard("/a").inFlight()).isZero();
  }

  @Test
  void openBreaker_refuses_andSaysWhyAndWhenToComeAgain() {
    openBreaker("/a");

    Doorkeeper.Refuse refuse = (Doorkeeper.Refuse) ask("/a");

    assertThat(refuse.cacheStatus()).isEqualTo("Slipstream; detail=breaker-open");
    assertThat(Integer.parseInt(refuse.retryAfter())).isBetween(1, 10);
    assertThat(new String(refuse.body(), StandardCharsets.UTF_8)).contains("\"status\":503");
    assertThat(control.refusals().of(Reason.BREAKER_OPEN)).isEqualTo(1);
    assertThat(control.refusals().answeredStale()).isZero();
    assertThat(guard("/a").inFlight()).isZero();
    assertThat(ask("/b")).as("another endpoint").isNull();
  }

  @Test
  void openBreaker_givesWhatIsStale_whereThatMayBeInsteadOfAnError() {
    gateway.answer(TestRequest.get("/a"), "old", "Cache-Control", STALE_IF_ERROR);
    gateway.clock.advanceSeconds(2);
    openBreaker("/a");

    Doorkeeper.Stale stale = (Doorkeeper.Stale) ask("/a");

    assertThat(TestGateway.body(stale.serve())).isEqualTo("old");
    assertThat(stale.serve().cacheStatus())
        .isEqualTo("Slipstream; hit; ttl=-1; detail=breaker-open");
    assertThat(control.refusals().answeredStale()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"max-age=1, stale-if-error=1", "max-age=1, must-revalidate, stale-if-error=600"})
  void openBreaker_doesNotGiveWhatIsTooStale(String cacheControl) {
    gateway.answer(TestRequest.get("/a"), "old", "Cache-Control", cacheControl);
    gateway.clock.advanceSeconds(5);
    openBreaker("/a");

    assertThat(ask("/a")).isInstanceOf(Doorkeeper.Refuse.class);
  }

  @Test
  void hit_isNotAskedFor() {
    gateway.answer(TestRequest.get("/a"), "fresh", "Cache-Control", "max-age=60");
    openBreaker("/a");
    control.emergency(true, now);

    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("fresh");
  }

  @ParameterizedTest
  @CsvSource({"sheddable, 1", "default, 2", "critical, 4"})
  void throttled_asManyGoOnAsTheirPriorityMay(String priority, int most) {
    gateway.withRule("pattern: /a, ttl: 1s, priority: " + priority);
    answerQuickly("/a");
    guard("/a").throttle(true, now);

    List<Doorkeeper.@Nullable Answer> answers =
        IntStream.range(0, 6).mapToObj(i -> ask("/a")).toList();

    assertThat(answers).filteredOn(Objects::isNull).hasSize(most);
    assertThat(refusedFor(answers.get(5))).isEqualTo(Reason.THROTTLED);
    assertThat(guard("/a").inFlight()).isEqualTo(most);
  }

  @Test
  void emergency_refusesWhatCanWait_untilItEnds() {
    gateway.cache.useRules(
        RulesFile.parse(
                "test",
                "rules: [{name: a, pattern: /can-wait, ttl: 1s, priority: sheddable},"
                    + " {name: b, pattern: /cannot, ttl: 1s, priority: critical}]")
            .rules());
    control.emergency(true, now);

    assertThat(refusedFor(ask("/can-wait"))).isEqualTo(Reason.EMERGENCY);
    assertThat(ask("/cannot")).isNull();
    assertThat(ask("/other")).isNull();
    TestRequest post = TestRequest.of("POST", "/can-wait");
    assertThat(ask(gateway, gateway.decide(post), post, now))
        .as("by the rule for GET")
        .isInstanceOf(Doorkeeper.Refuse.class);
    control.emergency(false, System.nanoTime());
    assertThat(ask("/can-wait")).isNull();
  }

  @Test
  void emergency_givesWhatIsStaleToAll_beforeTheApplicationIsAsked() {
    gateway.withRule("pattern: /a, priority: critical");
    gateway.answer(TestRequest.get("/a"), "old", "Cache-Control", STALE_IF_ERROR);
    gateway.clock.advanceSeconds(2);
    control.emergency(true, now);

    Doorkeeper.Stale stale = (Doorkeeper.Stale) ask("/a");

    assertThat(stale.serve().cacheStatus()).endsWith("; detail=emergency");
    assertThat(guard("/a").inFlight()).isZero();
  }

  /** What the application takes it for need not be a health check. */
  @Test
  void healthCheck_ofAnAmbiguousPath_isNone() {
    assertThat(gateway.cache.doorkeeper().admission().isHealthCheck("/health")).isTrue();
    assertThat(gateway.cache.doorkeeper().admission().isHealthCheck("/health/..;/payments"))
        .isFalse();
    assertThat(gateway.cache.doorkeeper().admission().isHealthCheck("/health/%2e%2e/payments"))
        .isFalse();
  }

  @Test
  void healthCheck_alwaysGoesOn() {
    gateway.withRule("pattern: /health, ttl: 1s, priority: sheddable");
    gateway.answer(TestRequest.get("/health"), "old", "Cache-Control", STALE_IF_ERROR);
    gateway.clock.advanceSeconds(5);
    guard("/health").throttle(true, now);
    openBreaker("/health");
    control.emergency(true, now);

    for (int i = 0; i < 5; i++) {
      assertThat(ask("/health")).isNull();
    }
    assertThat(control.refusals().all()).isZero();
  }

  /** Else each of them would ask by itself, of an endpoint that has too much to do already. */
  @Test
  void waitersOfOneThatIsRefused_areRefusedWithIt_andTheNextLeadsAnew() throws Exception {
    TestGateway waiting = new TestGateway("coalescing_wait=60s");
    TestRequest first = TestRequest.get("/a");
    Decision leader = waiting.decide(first);
    List<FutureTask<Doorkeeper.@Nullable Answer>> waiters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      FutureTask<Doorkeeper.@Nullable Answer> waiter = new FutureTask<>(() -> ask(waiting, "/a"));
      Thread thread = new Thread(waiter, "waiter");
      thread.start();
      Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      waiters.add(waiter);
    }
    Doorkeeper keeper = waiting.cache.doorkeeper();
    EndpointGuard guard = keeper.admission().guard("GET", "/a", now);
    guard.breaker(true, System.nanoTime());

    assertThat(refusedFor(ask(waiting, leader, first, System.nanoTime())))
        .isEqualTo(Reason.BREAKER_OPEN);
    // It would let them through from now on: they do not ask.
    guard.breaker(false, System.nanoTime());

    for (FutureTask<Doorkeeper.@Nullable Answer> waiter : waiters) {
      assertThat(refusedFor(waiter.get())).isEqualTo(Reason.BREAKER_OPEN);
    }
    assertThat(keeper.admission().refusals().of(Reason.BREAKER_OPEN)).isEqualTo(6);
    assertThat(guard.inFlight()).isZero();
    Decision.Fetch next = waiting.fetch(TestRequest.get("/a"));
    assertThat(next.flight()).isNotNull();
    assertThat(next.turnedAway()).isNull();
  }
}
