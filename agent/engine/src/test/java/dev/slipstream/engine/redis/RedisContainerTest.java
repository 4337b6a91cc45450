package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** The tier's contract, with the Redis that gateways run: that of an image, where Docker is. */
class RedisContainerTest {
  private static final String USERS = "apigw:http_responses:GET:/users:::";
  private static final String ORDERS = "apigw:http_responses:GET:/orders:::";

  @TempDir static Path directory;
  private static RedisUnderTest redis;

  private RedisTier tier;

  @BeforeAll
  static void startRedis() {
    redis = RedisUnderTest.start(directory);
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    redis.command(Command.FLUSHALL);
    tier = Tiers.connected(redis.address(), directory.resolve("agent.log"));
  }

  @AfterEach
  void close() {
    tier.close();
  }

  @Test
  void get_whatAnotherProcessPut() {
    Tiers.store(tier, USERS, "hello", "users");
    try (RedisTier other = Tiers.connected(redis.address(), directory.resolve("other.log"))) {
      assertThat(Tiers.get(other, USERS)).isEqualTo("hello");
      assertThat(Tiers.get(other, ORDERS)).isNull();
    }
    assertThat((Long) redis.command(Command.PTTL, USERS)).isBetween(500_000L, 600_000L);
  }

  @Test
  void invalidate_byTag_removesWhatHasTheTagAlone() {
    Tiers.store(tier, USERS, "u", "users", "all");
    Tiers.store(tier, ORDERS, "o", "orders", "all");
    assertThat(tier.invalidate(List.of("users"), List.of()))
        .isEqualTo(new RemovalCount(1, 1, 0, true));
    assertThat(redis.keys()).contains(ORDERS).doesNotContain(USERS);
    assertThat(Tiers.get(tier, ORDERS)).isEqualTo("o");
    assertThat(tier.invalidate(List.of("all"), List.of()).entries()).isEqualTo(1);
  }

  @Test
  void invalidate_byPattern_removesWhatMatchesAlone() {
    Tiers.store(tier, USERS, "u", "users");
    Tiers.store(tier, ORDERS, "o", "orders");
    assertThat(tier.invalidate(List.of(), List.of("GET:/use*")))
        .isEqualTo(new RemovalCount(1, 0, 1, true));
    assertThat(redis.keys()).contains(ORDERS).doesNotContain(USERS);
    assertThat(Tiers.get(tier, ORDERS)).isEqualTo("o");
  }

  @Test
  void put_fillBegunBeforeInvalidation_isRefused() {
    long begun = System.currentTimeMillis();
    tier.invalidate(List.of("users"), List.of());
    tier.put(USERS, Tiers.bytes("stale"), begun + 60_000, List.of("users"), begun);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().refusedWrites() == 1);
    assertThat(redis.keys()).doesNotContain(USERS);
  }

  @Test
  void restart_withNothingKept_isUsedAgain() {
    Tiers.store(tier, USERS, "old", "users");
    redis.restart();
    assertThat(redis.keys()).doesNotContain(USERS);
    await()
        .atMost(Tiers.PATIENCE)
        .until(
            () -> {
              long now = System.currentTimeMillis();
              tier.put(USERS, Tiers.bytes("new"), now + 600_000, List.of("users"), now);
              return "new".equals(Tiers.get(tier, USERS));
            });
    // Its scripts, too, were lost with the restart.
    assertThat(tier.invalidate(List.of("users"), List.of()).entries()).isEqualTo(1);
    assertThat(Tiers.get(tier, USERS)).isNull();
  }

  @Test
  void removeAll_removesOurEntriesAndNothingElse() {
    redis.command(Command.SET, "other", "1");
    Tiers.store(tier, USERS, "u", "users");
    Tiers.store(tier, ORDERS, "o", "orders");
    assertThat(tier.removeAll()).isEqualTo(2);
    assertThat(redis.keys()).containsExactlyInAnyOrder("other", "apigw:_inv", "apigw:_k");
    Tiers.store(tier, USERS, "new", "users");
    assertThat(Tiers.get(tier, USERS)).isEqualTo("new");
  }
}
