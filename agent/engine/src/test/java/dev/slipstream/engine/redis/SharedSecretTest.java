package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** Gateways that share a server share the secret of identities, whatever becomes of the server. */
class SharedSecretTest {
  private static final String KEY = "apigw:_secret";

  @TempDir Path directory;
  private RedisProcess redis;
  private final SharedSecret one = SharedSecret.random();
  private final SharedSecret other = SharedSecret.random();
  private RedisTier first;
  private RedisTier second;

  @BeforeEach
  void connect() {
    redis = RedisProcess.start(directory);
    first = connected(one);
    second = connected(other);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    redis.close();
  }

  private RedisTier connected(SharedSecret secret) {
    RedisTier tier = Tiers.tier(Tiers.url(redis.port(), null), directory.resolve("agent.log"));
    tier.share(secret);
    tier.start();
    Tiers.awaitUsed(tier);
    return tier;
  }

  @Test
  void share_gatewaysAgree() {
    awaitAgreed();

    SharedSecret third = SharedSecret.random();
    assertThat(third.isShared()).isFalse();
    try (RedisTier late = connected(third)) {
      assertThat(late.statistics().connected()).isTrue();
      await().atMost(Tiers.PATIENCE).until(third::isShared);
      assertThat(third.key()).isEqualTo(one.key());
    }
  }

  @Test
  void share_afterTheServerRestartedEmpty_theyGoOnWithTheirs() {
    awaitAgreed();
    byte[] before = one.key().getEncoded();

    redis.restart();
    await().atMost(Tiers.PATIENCE).until(() -> stored() != null);

    awaitAgreed();
    assertThat(one.key().getEncoded()).isEqualTo(before);
  }

  /** As where it was evicted, and a new gateway came first. */
  @Test
  void share_afterAnotherSecretWasStored_theyTakeThat() {
    awaitAgreed();
    SharedSecret newcomer = SharedSecret.random();

    redis.command(Command.SET, KEY, new String(newcomer.offered(), StandardCharsets.US_ASCII));

    await().atMost(Tiers.PATIENCE).until(() -> one.key().equals(newcomer.key()));
    await().atMost(Tiers.PATIENCE).until(() -> other.key().equals(newcomer.key()));
  }

  @Test
  void share_flushKeepsIt() {
    awaitAgreed();
    String before = stored();

    first.removeAll();

    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void accept_whatIsNoSecret_isLeft() {
    byte[] before = one.key().getEncoded();

    assertThat(one.accept(new byte[0])).isFalse();
    assertThat(one.accept("x".repeat(64).getBytes(StandardCharsets.US_ASCII))).isFalse();
    assertThat(one.key().getEncoded()).isEqualTo(before);
  }

  @Test
  void share_oneThatWasSet_isNotStored() {
    awaitAgreed();
    SharedSecret set = SharedSecret.of("0123456789abcdef");
    redis.command(Command.FLUSHALL);
    first.close();
    second.close();
    redis.command(Command.DEL, KEY);
    try (RedisTier tier = connected(set)) {
      await().atMost(Tiers.PATIENCE).until(() -> tier.listening().isListening(System.nanoTime()));
      assertThat(set.isShared()).isTrue();
      assertThat(stored()).isNull();
    }
  }

  private void awaitAgreed() {
    await()
        .atMost(Tiers.PATIENCE)
        .until(
            () ->
                one.isShared()
                    && one.key().equals(other.key())
                    && new String(one.offered(), StandardCharsets.US_ASCII).equals(stored()));
  }

  private String stored() {
    byte[] bytes = (byte[]) redis.command(Command.GET, KEY);
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }
}
