package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** The master that sentinels name is used, also after it has changed. */
class RedisSentinelFaultsTest {
  private static final String KEY = "apigw:user:1";
  private static final String OTHER = "apigw:user:2";

  @TempDir Path directory;
  private RedisServers group;
  private RedisTier tier;

  @BeforeEach
  void start() {
    group = RedisServers.sentinel(directory, 1, 3);
    tier = Tiers.connected(group.url(), directory.resolve("agent.log"));
    Tiers.store(tier, KEY, "v", "t");
    Tiers.store(tier, OTHER, "v", "u");
    group.awaitCopied(0);
  }

  @AfterEach
  void stop() {
    tier.close();
    group.close();
  }

  @Test
  void masterKilled_replicaIsUsedByItselfAndLacksNoInvalidation() {
    RedisProcess replica = group.server(1);
    group.sentinel(0).kill(); // two are enough
    replica.freeze();
    group.server(0).command(Command.CLIENT, "KILL", "TYPE", "replica");
    long begun = System.currentTimeMillis();
    assertThat(tier.invalidate(List.of("t"), List.of()).done()).isTrue();
    group.server(0).kill();
    replica.thaw();
    assertThat(replica.keys()).contains(KEY, OTHER);
    await().atMost(Tiers.PATIENCE).until(() -> "v".equals(Tiers.get(tier, OTHER)));
    assertThat(tier.get(KEY)).isNull();
    tier.put(OTHER, Tiers.bytes("old"), begun + 600_000, List.of(), begun);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().refusedWrites() == 1);
    Tiers.store(tier, KEY, "new", "t");
    assertThat(Tiers.get(tier, KEY)).isEqualTo("new");
  }

  @Test
  void masterDemoted_isLeftForTheOneThatWasPromoted() {
    // For some seconds the old master does not know, and answers on.
    group.sentinel(0).command(Command.SENTINEL, "FAILOVER", "main");
    String promoted = "127.0.0.1:" + group.server(1).port();
    await()
        .atMost(Tiers.PATIENCE)
        .until(() -> "closed".equals(tier.statistics().nodes().get(promoted)));
    Tiers.awaitUsed(tier);
    Tiers.store(tier, KEY, "new", "t");
    await().atMost(Tiers.PATIENCE).until(() -> "new".equals(Tiers.get(tier, KEY)));
    assertThat(RedisServers.text(group.server(1).command(Command.HGET, KEY, "v"))).isEqualTo("new");
    assertThat(Tiers.get(tier, OTHER)).isEqualTo("v");
    assertThat(tier.statistics().breakerOpenings()).isEqualTo(1);
    assertThat(tier.statistics().lastOpeningReason()).isNotEmpty();
  }

  @Test
  void master_afterTheEnd_opensNoConnection() {
    Setup setup = Tiers.setup(group.url(), directory.resolve("asked.log"));
    Sentinels sentinels = new Sentinels(setup);
    Deadline patient = Deadline.in(Tiers.PATIENCE, System::nanoTime);
    assertThat(sentinels.locate(patient).port()).isEqualTo(group.server(0).port());
    sentinels.close();
    assertThatThrownBy(() -> sentinels.master(Tiers.PATIENCE)).hasMessageContaining("closed");
  }

  @Test
  void sentinelsDown_theMasterIsUsedOnAndFoundAgainByOneThatIsLeft() {
    group.sentinel(0).kill();
    group.sentinel(1).freeze();
    group.server(0).killClients();
    await().atMost(Tiers.PATIENCE).until(() -> "v".equals(Tiers.get(tier, KEY)));
    try (RedisTier other = Tiers.connected(group.url(), directory.resolve("other.log"))) {
      assertThat(Tiers.get(other, KEY)).isEqualTo("v");
      group.sentinel(2).kill();
      assertThat(Tiers.get(other, KEY)).isEqualTo("v");
      assertThat(other.invalidate(List.of("t"), List.of()).entries()).isEqualTo(1);
    }
  }
}
