package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.TieredCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/**
 * Two gateways over one Redis: what one invalidates the other does not serve, whatever is lost
 * between them. The first reaches Redis through a proxy.
 */
class CoherenceTest {
  private static final String KEY = "apigw:n:user:1";

  /** What the design promises, whatever is lost. */
  private static final Duration BOUND = Duration.ofSeconds(3);

  @TempDir private static Path directory;
  private static RedisProcess redis;
  private FaultyProxy proxy;
  private Node first;
  private Node second;

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.start(directory);
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void start() {
    redis.command(Command.FLUSHALL);
    proxy = new FaultyProxy(redis.port());
    first = new Node(proxy.port(), directory.resolve("first.log"));
    second = new Node(redis.port(), directory.resolve("second.log"));
    first.ready(2);
    second.ready(2);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    proxy.close();
  }

  /** Ways to invalidate {@link #KEY}. */
  enum Way {
    TAG,
    PATTERN,
    KEY,
    EVERYTHING,
    FLUSH,
    CHANGE;

    void by(Node node) {
      switch (this) {
        case TAG -> node.cache.invalidate(Invalidation.of(Set.of("users"), Set.of()));
        case PATTERN -> node.cache.invalidate(Invalidation.of(Set.of(), Set.of("user:*")));
        case KEY -> node.cache.invalidate(Invalidation.of(Set.of(), Set.of(CoherenceTest.KEY)));
        case EVERYTHING -> node.cache.invalidate(Invalidation.EVERYTHING);
        case FLUSH -> node.cache.flush(Invalidation.EVERYTHING);
        case CHANGE -> {
          long settled = node.settled();
          node.cache.replace(CoherenceTest.KEY, Node.text("changed"), node.cache.mark());
          node.awaitSettled(settled + 1);
        }
      }
    }
  }

  private void bothHold(String text) {
    first.store(KEY, text, "users");
    await().atMost(Tiers.PATIENCE).until(() -> text.equals(second.get(KEY)));
    assertThat(first.cache.isInMemory(KEY)).isTrue();
    assertThat(second.cache.isInMemory(KEY)).isTrue();
  }

  private void awaitGone(Node node, Duration bound) {
    awaitGone(node, bound, "invalidated");
  }

  private void awaitGone(Node node, Duration bound, String how) {
    await(how)
        .atMost(bound)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !"old".equals(node.get(KEY)));
  }

  @ParameterizedTest
  @EnumSource
  void get_whatAnotherHasInvalidated_isGoneHere(Way way) {
    bothHold("old");

    way.by(second);

    awaitGone(first, BOUND);
    awaitGone(second, BOUND);
    assertThat(first.tier.coherence().heard()).isEqualTo(1);
    assertThat(first.cache.coherence().notConfirmed()).as("told, not asked").isZero();
  }

  @Test
  void get_whatAnotherHasMadeStale_isStaleHere() {
    bothHold("old");

    second.cache.makeStale(Invalidation.of(Set.of("users"), Set.of()));

    await()
        .atMost(BOUND)
        .until(() -> first.cache.peek(KEY) instanceof Node.Text text && !text.fresh());
    assertThat(first.get(KEY)).isEqualTo("old");
  }

  @ParameterizedTest
  @EnumSource
  void get_whileNothingIsHeard_isConfirmed(Way way) {
    bothHold("old");
    proxy.deaf(true);

    way.by(second);

    awaitGone(first, BOUND);
    assertThat(first.tier.coherence().heard()).isZero();
    assertThat(first.cache.coherence().notConfirmed()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void get_whenAnAnnouncementIsLost_isConfirmedOnceThatIsKnown(int pieces) {
    bothHold("old");
    proxy.lose(pieces);

    Way.TAG.by(second);

    awaitGone(first, BOUND);
  }

  @Test
  void get_afterTheSubscriptionWasCut_isConfirmed() {
    bothHold("old");
    redis.command(Command.CLIENT, "KILL", "TYPE", "pubsub");

    Way.TAG.by(second);

    awaitGone(first, BOUND);
  }

  /** What Redis has to say of it is not less than that it was there. */
  @Test
  void get_whatIsStillValid_isConfirmedAndStays() {
    bothHold("old");
    long lookups = first.tier.statistics().hits();
    redis.command(Command.CLIENT, "KILL", "TYPE", "pubsub");

    await()
        .atMost(Tiers.PATIENCE)
        .until( // what cannot be confirmed within the budget is a miss, and is asked about again
            () -> "old".equals(first.get(KEY)) && first.cache.coherence().confirmed() > 0);
    assertThat(first.cache.coherence().notConfirmed()).isZero();
    assertThat(first.tier.statistics().hits()).as("no value read").isEqualTo(lookups);
  }

  /** What L2 gets may only stand for a value that stays in the process. */
  @ParameterizedTest
  @ValueSource(strings = {"own", "stand-in"})
  void get_whatWasSetHere_isConfirmedAndStays(String inRedis) {
    long settled = first.settled();
    assertThat(first.cache.set(KEY, Node.text("own"), Node.text(inRedis))).isNotNull();
    first.awaitSettled(settled + 1);
    redis.command(Command.CLIENT, "KILL", "TYPE", "pubsub");

    await()
        .atMost(Tiers.PATIENCE)
        .until(() -> "own".equals(first.get(KEY)) && first.cache.coherence().confirmed() > 0);
    assertThat(first.cache.coherence().notConfirmed()).isZero();
  }

  @Test
  void get_whatWasSetHereAndThenElsewhereUnheard_isNotTheFirst() {
    proxy.deaf(true);
    long settled = first.settled();
    first.cache.set(KEY, Node.text("old"), Node.text("old"));
    first.awaitSettled(settled + 1);
    second.cache.set(KEY, Node.text("new"), Node.text("new"));

    await().atMost(BOUND).until(() -> "new".equals(first.get(KEY)));
  }

  @Test
  void get_whatWasInvalidatedWhileItWaitedToBeWritten_isAMiss() {
    long settled = first.settled();
    int count = 60;
    Node.Text old = Node.text("old".repeat(70_000), "users"); // some are written at a time
    for (int i = 0; i < count; i++) {
      first.cache.set(KEY + i, old, old);
    }
    Way.TAG.by(first);
    first.awaitSettled(settled + count);
    first.ready(2);
    for (int i = 0; i < count; i++) {
      assertThat(first.get(KEY + i)).isNull();
    }
  }

  @Test
  void get_afterAnotherStoredANewerOneUnheard_isThatOne() {
    bothHold("old");
    proxy.deaf(true);
    second.cache.drop(KEY);
    second.store(KEY, "newer", "users");

    await().atMost(BOUND).until(() -> "newer".equals(first.get(KEY)));
  }

  @Test
  void get_whileRedisIsLost_goesOn() {
    bothHold("old");

    redis.kill();
    try {
      Tiers.awaitUnused(first.tier);
      await().atMost(Tiers.PATIENCE).until(() -> !first.tier.coherence().listening());
      assertThat(first.get(KEY)).isEqualTo("old");
    } finally {
      redis.start();
    }
    first.ready(2);
    second.ready(2);
    assertThat(first.get(KEY))
        .as("the server is empty, and knows of no invalidation")
        .isEqualTo("old");

    Way.TAG.by(second);
    awaitGone(first, BOUND);
  }

  @Test
  void invalidate_whileRedisIsLost_reachesTheOthersOnceItIsBack() {
    bothHold("old");
    redis.kill();
    try {
      Tiers.awaitUnused(second.tier);
      second.cache.invalidate(Invalidation.of(Set.of("users"), Set.of()));
      assertThat(second.get(KEY)).isNull();
    } finally {
      redis.start();
    }
    second.ready(2);
    awaitGone(first, BOUND);
  }

  @Test
  void invalidate_whileRedisIsTooSlow_isToldAndNotedAtOnce() {
    bothHold("old");
    proxy.delay(Tiers.BUDGET.multipliedBy(8).dividedBy(10));
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              Tiers.get(first.tier, KEY);
              return first.tier.statistics().unavailableReason().contains("longer than");
            });
    assertThat(first.tier.invalidate(List.of("users"), List.of()).done()).isFalse();
    assertThat(first.tier.coherence().sent()).isPositive();
    assertThat(redis.command(Command.ZSCORE, "apigw:_inv", "t:users")).isNotNull();
    awaitGone(second, BOUND);
  }

  /** A walk over very many keys keeps no other invalidation waiting, nor the other gateways. */
  @Test
  void invalidate_whileAnotherRemoves_isToldAtOnce() throws InterruptedException {
    bothHold("old");
    redis.command(
        Command.EVAL,
        "for i = 1, 300000 do redis.call('ZADD', 'apigw:_k', 9000000000000, 'apigw:x:' .. i) end",
        "0");
    proxy.delay(Duration.ofMillis(10));
    AtomicBoolean walked = new AtomicBoolean();
    Thread walk =
        new Thread(() -> walked.set(first.tier.invalidate(List.of(), List.of("no:*:such")).done()));
    walk.start();
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> second.tier.coherence().heard() == 1);
    Thread other = new Thread(() -> first.tier.invalidate(List.of("users"), List.of()));
    other.start();
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> second.tier.coherence().heard() == 2);
    assertThat(walked).isFalse(); // it goes on, or was put off since Redis was too slow
    proxy.healthy();
    walk.join();
    other.join();
  }

  /** All the places at which an invalidation elsewhere may come between the steps of a fill. */
  private enum Step {
    BEGUN,
    STORED,
    WRITTEN
  }

  @ParameterizedTest
  @EnumSource
  void put_begunBeforeAnInvalidationElsewhere_landsNowhereAfterIt(Way way) {
    for (Step step : Step.values()) {
      TieredCache.Mark mark = first.cache.mark();
      if (step == Step.BEGUN) {
        invalidated(way);
      }
      long settled = first.settled();
      boolean stored = first.cache.put(KEY, Node.text("old", "users"), mark);
      if (step == Step.STORED) {
        way.by(second);
      }
      if (stored) {
        first.awaitSettled(settled + 1);
      }
      if (step == Step.WRITTEN) {
        way.by(second);
      }
      assertThat(second.inRedis(KEY)).as(step + ", L2").isNotEqualTo("old");
      awaitGone(first, BOUND);
      awaitGone(second, BOUND);
    }
  }

  private static final String URL = "apigw:n:GET:/a::https://h:";
  private static final String VARIANT = "apigw:n:GET:/a::https://h,accept-language=en:";

  private static void change(Node node, String key) {
    long settled = node.settled();
    node.cache.replace(key, Node.text("changed"), node.cache.mark());
    node.awaitSettled(settled + 1);
  }

  @Test
  void get_aVariantOfAChangedUrl_isAMissInL2() {
    first.store(VARIANT, "old");
    assertThat(second.inRedis(VARIANT)).isEqualTo("old");

    change(second, URL);

    assertThat(second.inRedis(VARIANT)).isNull();
    assertThat(second.inRedis(URL)).isEqualTo("changed");
  }

  @Test
  void put_aVariantBegunBeforeItsUrlChanged_isRefusedByL2() {
    TieredCache.Mark mark = first.cache.mark();
    proxy.deaf(true);
    change(second, URL);

    long settled = first.settled();
    first.cache.put(VARIANT, Node.text("old"), mark);
    first.awaitSettled(settled + 1);

    assertThat(second.inRedis(VARIANT)).isNull();
    awaitGone(first, VARIANT);
  }

  private void awaitGone(Node node, String key) {
    await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !"old".equals(node.get(key)));
  }

  @Test
  void makeStale_whatWasInvalidatedMeanwhile_staysAway() {
    bothHold("old");
    Invalidation users = Invalidation.of(Set.of("users"), Set.of());
    redis.freeze();
    try {
      Thread soft = new Thread(() -> first.cache.makeStale(users));
      soft.start();
      await().atMost(Tiers.PATIENCE).until(() -> !first.cache.isInMemory(KEY));
      first.cache.invalidateMemory(Invalidation.of(Set.of(), Set.of(KEY)));
      redis.thaw();
      soft.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      redis.thaw();
    }
    assertThat(first.cache.peek(KEY)).isNull();
  }

  /** Invalidates, and waits until the other has heard. */
  private void invalidated(Way way) {
    long heard = first.tier.coherence().heard();
    way.by(second);
    await().atMost(Tiers.PATIENCE).until(() -> first.tier.coherence().heard() > heard);
  }

  /** The same with all at once, and with readers that fetch from Redis what the fill left there. */
  @Test
  void put_raceWithInvalidationsElsewhere_landsNowhereAfterThem() throws InterruptedException {
    Random random = new Random(6);
    for (int i = 0; i < 150; i++) {
      Way way = Way.values()[random.nextInt(Way.values().length)];
      CountDownLatch go = new CountDownLatch(1);
      TieredCache.Mark mark = first.cache.mark();
      Thread fill =
          new Thread(
              () -> {
                awaitLatch(go);
                first.cache.put(KEY, Node.text("old", "users"), mark);
              });
      Thread reader =
          new Thread(
              () -> {
                awaitLatch(go);
                for (int n = 0; n < 50; n++) {
                  second.get(KEY);
                }
              });
      List<Thread> threads = List.of(fill, reader);
      threads.forEach(Thread::start);
      go.countDown();
      way.by(second);
      for (Thread thread : threads) {
        thread.join();
      }
      awaitGone(first, BOUND, way + ", round " + i);
      awaitGone(second, BOUND, way + ", round " + i);
      String left = first.inRedis(KEY);
      assertThat(left).as("%s, round %s", way, i).isNotEqualTo("old");
      Way.EVERYTHING.by(first);
      await().atMost(Tiers.PATIENCE).until(() -> second.tier.coherence().heard() > 0);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
