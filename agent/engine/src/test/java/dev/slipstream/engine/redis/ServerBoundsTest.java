package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** What the server remembers is bounded; what is forgotten makes nothing valid again. */
class ServerBoundsTest {
  private static final String OLD = "apigw:n:old";
  private static final String NEW = "apigw:n:new";

  @TempDir private Path directory;
  private RedisProcess redis;
  private RedisTier tier;

  @BeforeEach
  void start() {
    redis = RedisProcess.start(directory);
    tier = Tiers.connected(redis.port(), directory.resolve("agent.log"));
    Tiers.store(tier, OLD, "old");
  }

  @AfterEach
  void stop() {
    tier.close();
    redis.close();
  }

  /** Notes so many instants as of now, under names that nobody uses. */
  private void fill(String zset, int count) {
    redis.command(
        Command.EVAL,
        "local time = redis.call('TIME')"
            + " local now = string.format('%.0f', time[1] * 1000000 + time[2])"
            + " for i = 1, tonumber(ARGV[1]) do redis.call('ZADD', KEYS[1], now, 'no' .. i) end",
        "1",
        zset,
        Integer.toString(count));
  }

  private long count(String zset) {
    return (Long) redis.command(Command.ZCARD, zset);
  }

  private void change(String key) {
    long puts = tier.statistics().puts();
    Written unused =
        tier.replace(
            key,
            Tiers.bytes("changed"),
            System.currentTimeMillis() + 60_000,
            List.of(),
            1,
            () -> {});
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().puts() > puts);
  }

  @Test
  void change_withinTheBound_leavesOthersValid() {
    fill("apigw:_u", 99_999);
    change("apigw:n:changed");
    assertThat(count("apigw:_u")).isEqualTo(100_000);
    assertThat(Tiers.get(tier, OLD)).isEqualTo("old");
  }

  @Test
  void change_overTheBound_makesWhatIsOlderThanTheForgottenAMiss() {
    fill("apigw:_u", 100_000);
    change("apigw:n:changed");
    assertThat(count("apigw:_u")).isEqualTo(99_001);
    assertThat(Tiers.get(tier, OLD)).as("it may be what changed").isNull();
    assertThat(Tiers.get(tier, "apigw:n:changed")).isEqualTo("changed");
    Tiers.store(tier, NEW, "new");
    assertThat(Tiers.get(tier, NEW)).isEqualTo("new");
  }

  @Test
  void invalidate_whilePatternsUnderWayAreWithinTheBound_leavesOthersValid() {
    fill("apigw:_w", 999);
    tier.invalidate(List.of(), List.of("such:*"));
    assertThat(count("apigw:_w")).isEqualTo(999);
    assertThat(Tiers.get(tier, OLD)).isEqualTo("old");
  }

  @Test
  void invalidate_whileMorePatternsAreUnderWay_makesAllThatIsOlderAMiss() {
    fill("apigw:_w", 1_000);
    tier.invalidate(List.of(), List.of("such:*"));
    assertThat(count("apigw:_w")).isZero();
    assertThat(Tiers.get(tier, OLD)).isNull();
    Tiers.store(tier, NEW, "new");
    assertThat(Tiers.get(tier, NEW)).isEqualTo("new");
  }
}
