package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.learn.Learning;
import dev.slipstream.engine.learn.Refetch;
import dev.slipstream.engine.learn.SharedEvidence;
import dev.slipstream.engine.profile.EndpointNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** What gateways have learned outlives them in a real server. */
class LearnedTest {
  private static final String KEY = "apigw:_learned";

  @TempDir Path directory;
  private final MutableClock clock = new MutableClock();
  private RedisProcess redis;
  private RedisTier tier;

  @BeforeEach
  void connect() {
    redis = RedisProcess.start(directory);
    tier = connected();
  }

  @AfterEach
  void close() {
    tier.close();
    redis.close();
  }

  private RedisTier connected() {
    RedisTier made = Tiers.tier(Tiers.url(redis.port(), null), directory.resolve("agent.log"));
    made.start();
    Tiers.awaitUsed(made);
    return made;
  }

  private record Board(RedisTier tier) implements SharedEvidence.Board {
    @Override
    public @Nullable Long millis() {
      return tier.serverMillis();
    }

    @Override
    public boolean write(String gateway, byte[] note) {
      return tier.leaveLearned(gateway, note);
    }

    @Override
    public @Nullable Map<String, byte[]> read() {
      return tier.learned();
    }

    @Override
    public boolean remove(String gateway) {
      return tier.removeLearned(gateway);
    }
  }

  private Learning learning() {
    return new Learning(true, Duration.ofMinutes(5), new EndpointNames(), clock, () -> 0.5);
  }

  private void exchange(Learning learning, RedisTier over) {
    await().atMost(Tiers.PATIENCE).until(() -> over.learned() != null);
    new SharedEvidence(learning, new Board(over), clock).exchange();
    learning.tick();
  }

  @Test
  void gatewayThatStartsAgain_knowsWhatItKnew() {
    Learning before = learning();
    for (int i = 0; i <= 100; i++) {
      Refetch refetch = before.refetch("GET", "/a", null);
      refetch.answered("/a", 200, ("v" + i / 10).getBytes(StandardCharsets.UTF_8), null);
      clock.advanceSeconds(60);
    }
    before.tick();
    exchange(before, tier);
    tier.close();

    tier = connected();
    Learning after = learning();
    exchange(after, tier);
    assertThat(after.explanations()).as("nobody has asked for anything").isEmpty();
    assertThat(after.refetch("GET", "/a", null)).isNotNull(); // the first request
    after.tick();

    assertThat(after.explain("GET /a").changesPerHour())
        .isCloseTo(
            before.explain("GET /a").changesPerHour(), org.assertj.core.api.Assertions.within(0.5));
    assertThat(after.explain("GET /a").observations()).isGreaterThan(80);
    assertThat((Long) redis.command(Command.TTL, KEY)).isBetween(600_000L, 604_800L);
  }

  @Test
  void notOfOurMaking_isAsIfNothingWereThere() {
    redis.command(Command.HSET, KEY, "somebody", "no evidence");
    Learning learning = learning();
    exchange(learning, tier);

    assertThat(learning.explanations()).isEmpty();
    assertThat(learning.otherGateways()).isZero();
  }

  @Test
  void tooMany_andTooLong_areLeftThere() {
    redis.command(Command.HSET, KEY, "long", "x".repeat((512 << 10) + 1));
    redis.command(Command.HSET, KEY, "n".repeat(101), "short");
    for (int i = 0; i < 100; i++) {
      redis.command(Command.HSET, KEY, "n" + i, "short");
    }
    await().atMost(Tiers.PATIENCE).until(() -> tier.learned() != null);
    assertThat(tier.learned()).hasSizeBetween(63, 64).doesNotContainKey("long");
    for (int i = 100; i < 1_000; i++) {
      redis.command(Command.HSET, KEY, "n" + i, "short");
    }
    assertThat(tier.leaveLearned("one more", new byte[] {1})).isFalse();
    assertThat(tier.leaveLearned("n7", new byte[] {1})).isTrue();
  }

  /** Heartbeats come each second: what they share a connection with is never idle for longer. */
  @Test
  void exchange_isOnAConnectionOfItsOwn() {
    await().atMost(Tiers.PATIENCE).until(() -> tier.learned() != null);
    await().atMost(Tiers.PATIENCE).until(() -> idleSecondsOfNotes() >= 3);
  }

  private int idleSecondsOfNotes() {
    Object list = redis.command(Command.CLIENT, "LIST");
    String clients = list instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
    return clients
        .lines()
        .filter(line -> line.matches(".* cmd=(hlen|hkeys|hstrlen|hget)( .*)?"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll(".* idle=(\\d+) .*", "$1")))
        .max()
        .orElse(0);
  }

  @Test
  void wrongType_orLostServer_isNoError() {
    redis.command(Command.SET, KEY, "a string");
    assertThat(tier.learned()).isNull();
    assertThat(tier.leaveLearned("one", new byte[] {1})).isFalse();

    redis.close();
    assertThat(tier.learned()).isNull();
    assertThat(tier.removeLearned("one")).isFalse();
  }
}
