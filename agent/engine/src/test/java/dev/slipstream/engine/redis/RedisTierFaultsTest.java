package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.RedisUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** A server that is lost while requests look entries up costs each at most the budget. */
class RedisTierFaultsTest {
  /**
   * What a look-up may take in a test. The budget, and slack for this: the threads of the test, the
   * server and other builds share two cores, where a thread that is ready may wait for some
   * scheduling periods, and garbage is collected. A fault that was not bounded would take the
   * socket's timeout, 2 s.
   */
  private static final Duration LONGEST = Tiers.BUDGET.multipliedBy(10);

  private static final String KEY = "apigw:user:1";
  private static final Path FIGURES = Path.of("target", "redis-faults.txt");

  @TempDir Path directory;
  private RedisProcess redis;
  private FaultyProxy proxy;
  private Path log;
  private RedisTier tier;

  /**
   * Something that happens to the server.
   *
   * @param throughProxy whether the proxy makes it happen
   * @param opens whether the server is not to be used while it lasts
   */
  record Fault(
      String name,
      boolean throughProxy,
      boolean opens,
      Consumer<RedisTierFaultsTest> inject,
      Consumer<RedisTierFaultsTest> heal) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fault ofProxy(String name, Consumer<FaultyProxy> inject) {
    return new Fault(
        name, true, true, test -> inject.accept(test.proxy), test -> test.proxy.healthy());
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("killed", false, true, test -> test.redis.kill(), test -> test.redis.start()),
        new Fault("stopped", false, true, test -> test.redis.freeze(), test -> test.redis.thaw()),
        new Fault(
            "restarted with another password",
            false,
            true,
            test -> {
              test.redis.kill();
              test.redis.start("--requirepass", "changed");
            },
            test -> test.redis.command("changed", Command.CONFIG, "SET", "requirepass", "")),
        ofProxy("a black hole", proxy -> proxy.blackHole(true)),
        ofProxy("slow by 1 s", proxy -> proxy.delay(Duration.ofSeconds(1))),
        ofProxy("slow by 35 ms", proxy -> proxy.delay(Duration.ofMillis(35))),
        ofProxy("a byte each 3 ms", proxy -> proxy.drip(Duration.ofMillis(3))),
        new Fault(
            "restarted empty",
            false,
            false,
            test -> {
              test.redis.kill();
              test.redis.start();
            },
            test -> {}),
        new Fault("its clients killed", false, false, test -> test.redis.killClients(), test -> {}),
        new Fault(
            "out of memory",
            false,
            false,
            test -> test.redis.command(Command.CONFIG, "SET", "maxmemory", "1"),
            test -> test.redis.command(Command.CONFIG, "SET", "maxmemory", "0")),
        new Fault(
            "made a replica",
            false,
            false,
            test ->
                test.redis.command(
                    Command.REPLICAOF, "127.0.0.1", Integer.toString(RedisProcess.freePort())),
            test -> test.redis.command(Command.REPLICAOF, "NO", "ONE")));
  }

  @BeforeEach
  void start() {
    redis = RedisProcess.start(directory);
    proxy = new FaultyProxy(redis.port());
    log = directory.resolve("agent.log");
  }

  @AfterEach
  void stop() {
    if (tier != null) {
      tier.close();
    }
    proxy.close();
    redis.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void get_underLoad_isOverWithinTheBudget(Fault fault) throws Exception {
    tier = Tiers.connected(fault.throughProxy ? proxy.port() : redis.port(), log);
    Tiers.store(tier, KEY, "v".repeat(500), "t");
    try (Load load = new Load(tier, KEY)) {
      await().atMost(Tiers.PATIENCE).until(() -> load.count() > 4_000);
      note(fault, "before", load.takeDelays());
      fault.inject.accept(this);
      if (fault.opens) {
        Tiers.awaitUnused(tier);
        note(fault, "until it is known", load.takeDelays());
      }
      putSome();
      await().atMost(Tiers.PATIENCE).until(() -> load.count() > 8_000);
      note(fault, "under it", load.takeDelays());
      fault.heal.accept(this);
      long healed = System.nanoTime();
      Tiers.awaitUsed(tier);
      Tiers.store(tier, KEY, "after", "t");
      await().atMost(Tiers.PATIENCE).until(() -> "after".equals(Tiers.get(tier, KEY)));
      Duration recovery = Duration.ofNanos(System.nanoTime() - healed);
      note(fault, "until used again (" + recovery.toMillis() + " ms)", load.takeDelays());
      assertThat(load.failures()).isEmpty();
      assertThat(tier.invalidate(List.of("t"), List.of()))
          .isEqualTo(new RemovalCount(1, 1, 0, true));
    }
    if (fault.opens) {
      assertThat(Files.readString(log)).contains("WARN").contains("is used again, after");
    }
    // Lost and used again are one line each; what drips is lost again and again.
    assertThat(Files.readAllLines(log)).hasSizeLessThan(12);
    assertThat(Files.readString(log)).doesNotContain("changed");
  }

  private void putSome() {
    long now = System.currentTimeMillis();
    for (int i = 0; i < 20_000; i++) {
      tier.put("apigw:n:" + i, new byte[100], now + 60_000, List.of("n"), now);
    }
  }

  private static void note(Fault fault, String phase, Load.Delays delays) throws IOException {
    Files.writeString(
        FIGURES,
        String.format(Locale.ROOT, "%-32s %-32s %s%n", fault, phase, delays),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    assertThat(delays.max()).as("%s, %s", fault, phase).isLessThan(LONGEST);
  }

  @Test
  void absentAtTheStart_isSaidOnceAndUsedOnceItIsThere() throws IOException {
    redis.close();
    tier = Tiers.tier(Tiers.url(redis.port(), null), log);
    tier.start();
    await().atMost(Tiers.PATIENCE).until(() -> Files.readString(log).contains("WARN"));
    assertThat(tier.get(KEY)).isNull();
    assertThat(tier.statistics().unavailableReason()).contains("cannot connect");
    assertThat(tier.statistics().keys()).isNull();
    assertThat(tier.statistics().breakerState()).isNotEqualTo("closed");
    redis.start();
    Tiers.awaitUsed(tier);
    Tiers.store(tier, KEY, "v");
    assertThat(Tiers.get(tier, KEY)).isEqualTo("v");
    assertThat(Files.readAllLines(log)).hasSize(2);
  }

  @Test
  void confirm_whileTheServerIsNotUsed_isNoLookUpThatWasSkipped() {
    tier = Tiers.connected(redis.port(), log);
    redis.kill();
    Tiers.awaitUnused(tier);
    long now = System.currentTimeMillis();
    Confirmation said = tier.confirm(new HeldEntry(KEY, 1, now, now, List.of()), tier.deadline());
    assertThat(said).isEqualTo(Confirmation.LOST);
    assertThat(tier.statistics().skipped()).isZero();
  }

  @Test
  void wrongPassword_isSaidWithoutIt() throws IOException {
    redis.command(Command.CONFIG, "SET", "requirepass", "right-password");
    tier = Tiers.tier(Tiers.url(redis.port(), "wrong-password"), log);
    tier.start();
    await().atMost(Tiers.PATIENCE).until(() -> Files.readString(log).contains("WARN"));
    assertThat(Files.readString(log)).contains("WRONGPASS").doesNotContain("wrong-password");
    assertThat(tier.statistics().toString()).contains("WRONGPASS").doesNotContain("wrong-password");
    redis.command("right-password", Command.CONFIG, "SET", "requirepass", "wrong-password");
    Tiers.awaitUsed(tier);
  }

  @Test
  void invalidation_ofAServerThatIsAway_isMadeUpForBeforeItIsUsed() {
    tier = Tiers.connected(redis.port(), log);
    Tiers.store(tier, KEY, "v", "t");
    Tiers.store(tier, "apigw:user:2", "v", "u");
    Tiers.store(tier, "apigw:user:3", "v", "w");
    redis.freeze();
    assertThat(tier.invalidate(List.of("t"), List.of()).done()).isFalse();
    assertThat(tier.invalidate(List.of(), List.of("user:2")).done()).isFalse();
    assertThat(tier.statistics().pendingInvalidations()).isEqualTo(2);
    redis.thaw();
    await().atMost(Tiers.PATIENCE).until(() -> "v".equals(Tiers.get(tier, "apigw:user:3")));
    assertThat(tier.get(KEY)).isNull();
    assertThat(tier.get("apigw:user:2")).isNull();
    assertThat(tier.statistics().pendingInvalidations()).isZero();
  }

  @Test
  void fullMemory_refusesEntriesOnceInTheLogAndStillInvalidates() throws IOException {
    tier = Tiers.connected(redis.port(), log);
    Tiers.store(tier, KEY, "v", "t");
    redis.command(Command.CONFIG, "SET", "maxmemory", "1");
    long begun = System.currentTimeMillis();
    putSome();
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().queuedWrites() == 0);
    await().atMost(Tiers.PATIENCE).until(() -> Files.readString(log).contains("takes no entries"));
    assertThat(Tiers.get(tier, KEY)).isEqualTo("v");
    assertThat(tier.invalidate(List.of("t"), List.of()).entries()).isEqualTo(1);
    redis.command(Command.CONFIG, "SET", "maxmemory", "0");
    tier.put(KEY, new byte[1], begun + 60_000, List.of("t"), begun);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().refusedWrites() == 1);
    assertThat(tier.get(KEY)).isNull();
    Tiers.store(tier, KEY, "new", "t");
    assertThat(Files.readString(log))
        .containsOnlyOnce("takes no entries")
        .containsOnlyOnce("takes entries again");
  }

  /** Else the others would store what they make of it meanwhile, and keep its variants. */
  @Test
  void change_thatCannotBeWritten_isMadeUpForAndToldAsOne() {
    List<Announcement> told = new CopyOnWriteArrayList<>();
    tier = Tiers.connected(redis.port(), log);
    try (RedisTier other = Tiers.tier(Tiers.url(redis.port(), null), log)) {
      other.onAnnouncement(told::add);
      other.start();
      Tiers.awaitUsed(other);
      await().atMost(Tiers.PATIENCE).until(() -> other.coherence().gateways() == 2);
      Tiers.store(tier, KEY, "old", "t");
      redis.command(Command.CONFIG, "SET", "maxmemory", "1");
      long begun = System.currentTimeMillis();
      CountDownLatch settled = new CountDownLatch(1);
      tier.replace(KEY, new byte[1], begun + 60_000, List.of(), 1, settled::countDown);
      await().atMost(Tiers.PATIENCE).until(() -> settled.getCount() == 0);
      Tiers.awaitUsed(tier);
      assertThat(other.get(KEY)).isNull();
      await().atMost(Tiers.PATIENCE).until(() -> !told.isEmpty());
      assertThat(told).containsOnly(Announcement.changed(List.of(KEY)));
      redis.command(Command.CONFIG, "SET", "maxmemory", "0");
      other.put(KEY, new byte[1], begun + 60_000, List.of(), begun - 1_000);
      await().atMost(Tiers.PATIENCE).until(() -> other.statistics().refusedWrites() == 1);
    }
  }

  @Test
  void close_whileAChangeIsQueued_writesIt() {
    tier = Tiers.connected(proxy.port(), log);
    Tiers.store(tier, KEY, "old", "t");
    proxy.delay(Duration.ofMillis(15));
    putSome();
    tier.replace(KEY, Tiers.bytes("new"), Long.MAX_VALUE / 2_000, List.of(), 1, () -> {});
    tier.close();
    assertThat(RedisServers.text(redis.command(Command.HGET, KEY, "v"))).isEqualTo("new");
  }

  @Test
  void close_whileAnInvalidationIsOwed_notesIt() {
    tier = Tiers.connected(proxy.port(), log);
    proxy.blackHole(true);
    assertThat(tier.invalidate(List.of("t"), List.of()).done()).isFalse();
    proxy.healthy();
    tier.close();
    assertThat(redis.command(Command.ZSCORE, "apigw:_inv", "t:t")).isNotNull();
  }

  @Test
  void close_whileTheServerIsStopped_takesHalfASecondForIt() {
    tier = Tiers.connected(redis.port(), log);
    redis.freeze();
    tier.replace(KEY, Tiers.bytes("new"), Long.MAX_VALUE / 2_000, List.of(), 1, () -> {});
    long start = System.nanoTime();
    tier.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_500));
    redis.thaw();
  }

  @Test
  void serverThatDoesNotTellWhichItIs_isKnownByItsAddressAndSaidOnce() throws IOException {
    redis.command(Command.ACL, "SETUSER", "default", "-info");
    Connector connector =
        new Connector(
            Tiers.url(redis.port(), null),
            deadline -> new RedisUrl.Node("127.0.0.1", redis.port()),
            null,
            new Counters());
    RedisConnection connection = connector.open(Deadline.in(Tiers.PATIENCE, System::nanoTime));
    assertThat(connection.identity()).isEqualTo("127.0.0.1:" + redis.port());
    connection.close();
    tier = Tiers.connected(redis.port(), log);
    Tiers.store(tier, KEY, "v");
    redis.freeze();
    Tiers.get(tier, KEY);
    Tiers.awaitUnused(tier);
    redis.thaw();
    Tiers.awaitUsed(tier);
    assertThat(Files.readString(log)).containsOnlyOnce("does not tell which server it is");
  }

  @Test
  void writes_whileTheServerIsAway_waitWithinBounds() {
    tier = Tiers.connected(redis.port(), log);
    redis.freeze();
    putSome();
    RedisTierStatistics frozen = tier.statistics();
    assertThat(frozen.queuedWrites()).isLessThanOrEqualTo(8_192);
    assertThat(frozen.droppedWrites()).isGreaterThan(11_000);
    redis.thaw();
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().queuedWrites() == 0);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().puts() > 8_000);
  }

  @Test
  void restartedFromAnOldSnapshot_nothingOfItIsUsed() {
    tier = Tiers.connected(redis.port(), log);
    Tiers.store(tier, KEY, "old", "t");
    long micros = (System.currentTimeMillis() - 15_000) * 1_000;
    redis.command(Command.SET, "apigw:_beat", Long.toString(micros));
    redis.command(Command.SAVE);
    redis.restart();
    assertThat(redis.keys()).contains(KEY);
    await().atMost(Tiers.PATIENCE).until(() -> redis.command(Command.EXISTS, KEY).equals(0L));
    Tiers.awaitUsed(tier);
    assertThat(tier.get(KEY)).isNull();
    Tiers.store(tier, KEY, "new", "t");
    assertThat(Tiers.get(tier, KEY)).isEqualTo("new");
  }

  /** Loading, it says who it is and what time it is, and not yet what it has. */
  @Test
  void restartedFromAnOldSnapshot_thatTakesLongToLoad_nothingOfItIsUsed() {
    tier = Tiers.connected(proxy.port(), log);
    Tiers.store(tier, KEY, "old", "t");
    proxy.blackHole(true);
    Tiers.awaitUnused(tier);
    redis.command(Command.CONFIG, "SET", "rdbcompression", "no");
    redis.command(
        Command.EVAL,
        "for i = 1, 20 do redis.call('SET', 'other:' .. i, string.rep('x', 4000000)) end",
        "0");
    long micros = (System.currentTimeMillis() - 60_000) * 1_000;
    redis.command(Command.SET, "apigw:_beat", Long.toString(micros));
    redis.command(Command.SAVE);
    redis.kill();
    redis.start("--key-load-delay", "200000");
    proxy.healthy();
    await()
        .atMost(Tiers.PATIENCE)
        .until(() -> tier.statistics().unavailableReason().contains("LOADING"));
    Tiers.awaitUsed(tier);
    assertThat(tier.get(KEY)).isNull();
  }

  /** How long it was away says nothing about how old its data are. */
  @Test
  void restartedFromAFreshSnapshot_afterAWhile_isUsed() {
    tier = Tiers.connected(redis.port(), log);
    Tiers.store(tier, KEY, "v", "t");
    long micros = (System.currentTimeMillis() - 8_000) * 1_000;
    redis.command(Command.SET, "apigw:_beat", Long.toString(micros));
    redis.command(Command.SAVE);
    redis.kill();
    await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
    redis.start();
    Tiers.awaitUsed(tier);
    assertThat(Tiers.get(tier, KEY)).isEqualTo("v");
  }

  /** One that is new gives a sign at once, where others have to see yet how old the data are. */
  @Test
  void restartedFromAnOldSnapshot_whereANewGatewayWasFirst_nothingOfItIsUsed() {
    tier = Tiers.connected(proxy.port(), log);
    Tiers.store(tier, KEY, "old", "t");
    proxy.blackHole(true);
    Tiers.awaitUnused(tier);
    long micros = (System.currentTimeMillis() - 60_000) * 1_000;
    redis.command(Command.SET, "apigw:_beat", Long.toString(micros));
    redis.command(Command.SAVE);
    redis.restart();
    try (RedisTier other = Tiers.connected(redis.port(), directory.resolve("other.log"))) {
      await()
          .atMost(Tiers.PATIENCE)
          .until(
              () ->
                  !RedisServers.text(redis.command(Command.GET, "apigw:_beat"))
                      .equals(Long.toString(micros)));
      assertThat(Tiers.get(other, KEY)).isEqualTo("old");
      proxy.healthy();
      Tiers.awaitUsed(tier);
      assertThat(tier.get(KEY)).isNull();
      assertThat(other.get(KEY)).isNull();
    }
  }

  @Test
  void restartedFromAFreshSnapshot_lacksNoInvalidation() {
    tier = Tiers.connected(redis.port(), log);
    Tiers.store(tier, KEY, "v", "t");
    Tiers.store(tier, "apigw:user:2", "v", "u");
    redis.command(Command.SAVE);
    assertThat(tier.invalidate(List.of("t"), List.of()).entries()).isEqualTo(1);
    redis.restart();
    assertThat(redis.keys()).contains(KEY);
    await().atMost(Tiers.PATIENCE).until(() -> "v".equals(Tiers.get(tier, "apigw:user:2")));
    assertThat(tier.get(KEY)).isNull();
  }

  @Test
  void putThrough_whileTheServerIsStopped_waitsNoLongerThanTheBudget() {
    tier = Tiers.connected(redis.port(), log);
    redis.freeze();
    long start = System.nanoTime();
    long now = System.currentTimeMillis();
    boolean taken =
        tier.putThrough(KEY, Tiers.bytes("v"), now + 60_000, List.of(), now, 1, tier.deadline());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
    assertThat(taken).isFalse();
    assertThat(tier.statistics().lateWrites()).isEqualTo(1);
    redis.thaw();
    await().atMost(Tiers.PATIENCE).until(() -> "v".equals(Tiers.get(tier, KEY)));
  }

  @Test
  void borrowers_areSentAwayWhenTheServerIsNotUsedAnyMore() throws Exception {
    IdleConnections connections = new IdleConnections(1, 1);
    Connector connector =
        new Connector(
            Tiers.url(redis.port(), null),
            deadline -> new RedisUrl.Node("127.0.0.1", redis.port()),
            null,
            new Counters());
    Deadline patient = Deadline.in(Tiers.PATIENCE, System::nanoTime);
    connections.add(connector.open(patient));
    RedisConnection taken = connections.borrow(patient);
    Thread waiter = new Thread(() -> connections.borrow(patient));
    waiter.start();
    await().atMost(Tiers.PATIENCE).until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    connections.sendWaitersAway();
    waiter.join(2_000);
    assertThat(waiter.isAlive()).isFalse();
    connections.giveBack(taken);
    connections.close();
  }
}
