package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** Shards that are lost, replaced, or give slots away concern their own entries alone. */
class RedisClusterFaultsTest {
  /**
   * What a look-up may take in a test, with slack for five processes on two cores. A fault that was
   * not bounded would take the socket's timeout, 2 s.
   */
  private static final Duration LONGEST = Tiers.BUDGET.multipliedBy(20);

  private static final int ENTRIES = 30;

  /** In the first group, whose server has the gateways tell each other what they do. */
  private static final String HOME =
      IntStream.range(0, 1_000)
          .mapToObj(RedisClusterFaultsTest::key)
          .filter(key -> SlotGroups.index(key) == 0)
          .findFirst()
          .orElseThrow();

  @TempDir Path directory;
  private RedisServers cluster;
  private Path log;
  private RedisTier tier;

  private void start(int replicas) {
    cluster = RedisServers.cluster(directory, replicas);
    log = directory.resolve("agent.log");
    tier = Tiers.connected(cluster.url(), log);
    long now = System.currentTimeMillis();
    for (int i = 0; i < ENTRIES; i++) {
      tier.put(key(i), Tiers.bytes("v"), now + 600_000, List.of("all", "t" + i), now);
    }
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().puts() == ENTRIES);
  }

  @AfterEach
  void stop() {
    tier.close();
    cluster.close();
  }

  private static String key(int i) {
    return "apigw:user:" + i;
  }

  /** The first key that a shard serves, or that another does. */
  private String keyOf(int shard, boolean served) {
    return IntStream.range(0, ENTRIES)
        .mapToObj(RedisClusterFaultsTest::key)
        .filter(key -> (cluster.owner(key) == shard) == served)
        .findFirst()
        .orElseThrow();
  }

  private static String tag(String key) {
    return "t" + key.substring("apigw:user:".length());
  }

  @Test
  void shardKilled_othersGoOnAndNoLookUpTakesLongerThanTheBudget() {
    start(0);
    int shard = cluster.owner(key(0));
    String away = keyOf(shard, true);
    String here = keyOf(shard, false);
    try (Load lost = new Load(tier, away, 3);
        Load going = new Load(tier, here, 3)) {
      await().atMost(Tiers.PATIENCE).until(() -> going.count() > 500 && lost.count() > 500);
      cluster.server(shard).kill();
      Tiers.awaitUnused(tier);
      assertThat(tier.statistics().unavailableReason())
          .contains("127.0.0.1:" + cluster.server(shard).port());
      going.takeDelays();
      long hits = tier.statistics().hits();
      await().atMost(Tiers.PATIENCE).until(() -> going.count() > 2_000);
      assertThat(tier.statistics().hits()).isGreaterThan(hits + 1_500);
      assertThat(lost.takeDelays().max()).isLessThan(LONGEST);
      assertThat(going.takeDelays().max()).isLessThan(LONGEST);
      assertThat(Tiers.get(tier, here)).isEqualTo("v");
      // What the shard has is owed to it, what the others have is gone.
      assertThat(tier.invalidate(List.of(tag(here), tag(away)), List.of()))
          .isEqualTo(new RemovalCount(1, 1, 0, false));
      assertThat(tier.get(here)).isNull();
      cluster.server(shard).start(RedisServers.clusterOptions(cluster.server(shard)));
      Tiers.awaitUsed(tier);
      Tiers.store(tier, away, "new", "t");
      await().atMost(Tiers.PATIENCE).until(() -> "new".equals(Tiers.get(tier, away)));
      assertThat(lost.failures()).isEmpty();
      assertThat(going.failures()).isEmpty();
    }
  }

  /** The shard cannot be told, and the other gateways need not wait for that. */
  @Test
  void changeOfWhatAShardThatIsLostHas_isToldAllTheSame() {
    start(0);
    try (Node first = new Node(cluster.url(), log);
        Node second = new Node(cluster.url(), log)) {
      first.ready(3); // with the tier of all tests
      second.ready(3);
      String key = keyOf(cluster.owner(HOME), false);
      first.store(key, "old");
      await().atMost(Tiers.PATIENCE).until(() -> "old".equals(second.get(key)));
      cluster.server(cluster.owner(key)).kill();
      Tiers.awaitUnused(first.tier);
      Tiers.awaitUnused(second.tier);
      assertThat(second.get(key)).isEqualTo("old");
      first.cache.replace(key, Node.text("new"), first.cache.mark());
      await().atMost(Tiers.PATIENCE).until(() -> !"old".equals(second.get(key)));
    }
  }

  @Test
  void failover_replicaIsUsedByItselfAndLacksNoInvalidation() throws Exception {
    start(1);
    int master = cluster.owner(key(0));
    String gone = keyOf(master, true);
    String stays =
        IntStream.range(0, ENTRIES)
            .mapToObj(RedisClusterFaultsTest::key)
            .filter(key -> !key.equals(gone) && cluster.owner(key) == master)
            .findFirst()
            .orElseThrow();
    RedisProcess replica = cluster.server(master + 3);
    cluster.awaitCopied(master);
    // The replica has the entries, and does not hear of the invalidation.
    replica.freeze();
    cluster.server(master).command(Command.CLIENT, "KILL", "TYPE", "replica");
    long begun = System.currentTimeMillis();
    assertThat(tier.invalidate(List.of(tag(gone)), List.of()).done()).isTrue();
    cluster.server(master).kill();
    replica.thaw();
    assertThat(replica.keys()).contains(cluster.name(gone), cluster.name(stays));
    await().atMost(Tiers.PATIENCE).until(() -> "v".equals(Tiers.get(tier, stays)));
    assertThat(tier.get(gone)).isNull();
    assertThat(replica.keys()).doesNotContain(cluster.name(gone));
    long refused = tier.statistics().refusedWrites();
    tier.put(stays, Tiers.bytes("old"), begun + 600_000, List.of(), begun);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().refusedWrites() > refused);
    Tiers.awaitUsed(tier);
    Tiers.store(tier, gone, "new", "t");
    assertThat(Tiers.get(tier, gone)).isEqualTo("new");
    assertThat(Files.readString(log)).contains("serves none of our entries any more");
  }

  @Test
  void slotThatMoves_isMissUntilItHasMovedAndThenUsedWithExactCounts() {
    start(0);
    String key = key(0);
    int from = cluster.owner(key);
    int to = (from + 1) % 3;
    String slot = Integer.toString(cluster.slot(key));
    long errors = tier.statistics().errors();
    cluster.tell(to, "SETSLOT", slot, "IMPORTING", cluster.id(from));
    cluster.tell(from, "SETSLOT", slot, "MIGRATING", cluster.id(to));
    for (Object name : (List<?>) cluster.tell(from, "GETKEYSINSLOT", slot, "1000")) {
      cluster
          .server(from)
          .command(
              Command.MIGRATE,
              "127.0.0.1",
              Integer.toString(cluster.server(to).port()),
              RedisServers.text(name),
              "0",
              "5000");
    }
    assertThat(tier.get(key)).isNull(); // ASK
    long dropped = tier.statistics().droppedWrites();
    tier.put(key, Tiers.bytes("x"), System.currentTimeMillis() + 9_000, List.of(), 0);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().droppedWrites() == dropped + 1);
    cluster.tell(to, "SETSLOT", slot, "NODE", cluster.id(to));
    cluster.tell(from, "SETSLOT", slot, "NODE", cluster.id(to));
    await().atMost(Tiers.PATIENCE).until(() -> "v".equals(Tiers.get(tier, key))); // MOVED
    assertThat(tier.statistics().errors()).isEqualTo(errors);
    assertThat(tier.invalidate(List.of("all"), List.of("user:1*")))
        .isEqualTo(new RemovalCount(ENTRIES, ENTRIES, 11, true));
    assertThat(tier.get(key)).isNull();
  }

  @Test
  void invalidation_whileASlotMoves_isOwedAndMadeUpFor() {
    start(0);
    String key = key(0);
    int from = cluster.owner(key);
    int to = (from + 1) % 3;
    String slot = Integer.toString(cluster.slot(key));
    cluster.tell(to, "SETSLOT", slot, "IMPORTING", cluster.id(from));
    cluster.tell(from, "SETSLOT", slot, "MIGRATING", cluster.id(to));
    cluster
        .server(from)
        .command(
            Command.MIGRATE,
            "127.0.0.1",
            Integer.toString(cluster.server(to).port()),
            cluster.beside(key, "_inv"),
            "0",
            "5000");
    assertThat(tier.invalidate(List.of(tag(key)), List.of()).done()).isFalse();
    assertThat(tier.get(key)).isNull();
    for (Object name : (List<?>) cluster.tell(from, "GETKEYSINSLOT", slot, "1000")) {
      cluster
          .server(from)
          .command(
              Command.MIGRATE,
              "127.0.0.1",
              Integer.toString(cluster.server(to).port()),
              RedisServers.text(name),
              "0",
              "5000");
    }
    cluster.tell(to, "SETSLOT", slot, "NODE", cluster.id(to));
    cluster.tell(from, "SETSLOT", slot, "NODE", cluster.id(to));
    Tiers.awaitUsed(tier);
    assertThat(tier.statistics().pendingInvalidations()).isZero();
    assertThat(tier.get(key)).isNull();
    assertThat(cluster.keys()).doesNotContain(cluster.name(key));
  }

  @Test
  void absentAtTheStart_isSaidOnceAndUsedOnceItIsThere() throws Exception {
    start(0);
    tier.close();
    for (int i = 0; i < 3; i++) {
      cluster.server(i).kill();
    }
    Path other = directory.resolve("other.log");
    tier = Tiers.tier(cluster.url(), other);
    tier.start();
    await().atMost(Tiers.PATIENCE).until(() -> Files.readString(other).contains("WARN"));
    assertThat(tier.get(key(0))).isNull();
    assertThat(tier.statistics().unavailableReason()).contains("cannot connect");
    assertThat(tier.statistics().keys()).isNull();
    assertThat(tier.invalidate(List.of("all"), List.of()).done()).isFalse();
    for (int i = 0; i < 3; i++) {
      cluster.server(i).start(RedisServers.clusterOptions(cluster.server(i)));
    }
    Tiers.awaitUsed(tier);
    assertThat(tier.statistics().pendingInvalidations()).isZero();
    Tiers.store(tier, key(0), "new", "t");
    await().atMost(Tiers.PATIENCE).until(() -> "new".equals(Tiers.get(tier, key(0))));
    assertThat(Files.readString(other)).containsOnlyOnce("tells who serves what");
  }
}
