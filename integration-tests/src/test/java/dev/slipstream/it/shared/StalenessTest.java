package dev.slipstream.it.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.RedisServer;
import dev.slipstream.it.shared.SharedLoad.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How stale an answer of a gateway is after another one was told of a change: recorded histories of
 * a load, checked. The figures are in {@code target/shared-staleness.txt}.
 */
final class StalenessTest {
  private static final Duration BOUND = SharedSuite.BOUND;

  /** How long L1 answers without L2, in these tests. */
  private static final Duration ALONE = Duration.ofSeconds(4);

  private static final Duration SHORT = Duration.ofSeconds(8);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static Figures figures;
  private static VersionedOrigin origin;
  private static RedisServer redis;

  /** Each gateway has one of its own to Redis. */
  private static List<RedisProxy> proxies;

  private static GatewayGroup group;
  private SharedLoad load;

  @BeforeAll
  static void start() {
    figures = Figures.begin("shared-staleness");
    origin = new VersionedOrigin();
    redis = RedisServer.start(folder);
    proxies =
        List.of(
            new RedisProxy(RedisProxy.listen(), redis.port()),
            new RedisProxy(RedisProxy.listen(), redis.port()));
    group =
        GatewayGroup.start(
            proxies.stream().map(StalenessTest::url).toList(),
            origin,
            "coherence_max_staleness=" + ALONE.toSeconds());
  }

  private static String url(RedisProxy proxy) {
    return String.format(Locale.ROOT, "redis://127.0.0.1:%d", proxy.port());
  }

  @AfterAll
  static void stop() {
    if (group != null) {
      group.close();
    }
    proxies.forEach(RedisProxy::close);
    redis.close();
    origin.close();
  }

  /** Two paths, asked for all the time, and a write to the first gateway after the other. */
  @BeforeEach
  void load() {
    Plan plan =
        new Plan(
            2,
            Duration.ofNanos(500_000),
            2,
            0,
            0,
            false,
            Duration.ofMillis(160),
            List.of(Way.TAG, Way.PATTERN, Way.PURGE, Way.UNSAFE),
            List.of(0));
    load = new SharedLoad(group, origin, plan);
    load.start();
  }

  @AfterEach
  void heal() {
    load.close();
    proxies.forEach(proxy -> proxy.loseMessages(0));
    proxies.forEach(proxy -> proxy.cut(false));
    group.gateways().forEach(SharedGateway::awaitConnected);
  }

  @Test
  void answers_whileMessagesArrive_areFresh() {
    run(SHORT);
    assertNothingStale("messages arrive", BOUND);
  }

  @Test
  void answers_whileAllMessagesAreLost_areWithinTheBound() {
    proxies.get(1).loseMessages(1);
    run(SHORT);
    assertThat(proxies.get(1).lostMessages()).as("messages lost").isPositive();
    assertNothingStale("all messages lost", BOUND);
  }

  @Test
  void answers_whileSubscribersAreKilled_areWithinTheBound() {
    long until = System.nanoTime() + SHORT.toNanos();
    while (System.nanoTime() - until < 0) {
      redis.send("CLIENT KILL TYPE pubsub");
      run(Duration.ofMillis(300));
    }
    assertNothingStale("subscribers killed", BOUND);
  }

  @Test
  @Tag("shared")
  void answers_whileMessagesArrive_areFreshForLong() {
    run(LONG);
    assertNothingStale("messages arrive", BOUND);
  }

  @Test
  @Tag("shared")
  void answers_whileSomeMessagesAreLost_areWithinTheBound() {
    proxies.get(1).loseMessages(0.3);
    run(LONG);
    assertNothingStale("30 % of messages lost", BOUND);
  }

  @Test
  @Tag("shared")
  void answers_whileAllMessagesAreLost_areWithinTheBoundForLong() {
    proxies.get(1).loseMessages(1);
    run(LONG);
    assertNothingStale("all messages lost", BOUND);
  }

  @Test
  @Tag("shared")
  void answers_whileRedisIsStopped_areWithinTheBound() {
    run(Duration.ofSeconds(2));
    redis.freeze();
    run(Duration.ofSeconds(5));
    redis.thaw();
    run(Duration.ofSeconds(10));
    assertNothingStale("Redis stopped for 5 s", BOUND.plus(ALONE));
  }

  /** The first answers after it goes on are of a time when much was changed without it. */
  @Test
  @Tag("shared")
  void answers_ofAGatewayThatWasStopped_areWithinTheBound() {
    run(Duration.ofSeconds(2));
    group.get(1).process().freeze();
    run(Duration.ofSeconds(10));
    group.get(1).process().thaw();
    run(Duration.ofSeconds(5));
    assertNothingStale("gateway stopped for 10 s", BOUND);
  }

  /** The other one goes on invalidating what this one cannot hear of, nor ask for. */
  @Test
  @Tag("shared")
  void answers_ofAGatewayThatIsCutOff_areWithinTheBound() {
    run(Duration.ofSeconds(2));
    proxies.get(1).cut(true);
    run(Duration.ofSeconds(15));
    proxies.get(1).cut(false);
    run(Duration.ofSeconds(10));
    assertNothingStale("gateway cut off for 15 s", BOUND.plus(ALONE));
  }

  private static void run(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void assertNothingStale(String name, Duration bound) {
    load.stop();
    History history = load.history();
    figures.note(
        "%-26s %d reads, %d invalidations; last stale answer of the other after: %s",
        name,
        history.readCount(),
        history.invalidationCount(),
        Delays.of(history.timesToLastStaleAnswer()));
    figures.note(
        "%-26s invalidations took: %s; reads begun after one that were stale, by: %s",
        name,
        Delays.of(history.invalidationTimes()),
        Delays.of(history.staleReads().stream().map(History.StaleRead::late).toList()));
    assertThat(load.failures()).as("failed requests").isEmpty();
    assertThat(history.invalidationCount()).as("invalidations").isGreaterThan(20);
    assertThat(history.violations(bound)).as("answers staler than %s", bound).isEmpty();
  }
}
