package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.engine.cache.Invalidation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/**
 * One plain command reads an entry while the gateway has heard all that was told since the entry
 * was begun; else the script does. The first of two gateways reads, through a proxy.
 */
class PlainLookupTest {
  private static final String KEY = "apigw:n:user:1";
  private static final String OTHER = "apigw:n:user:2";
  private static final String COPY = "copy";
  private static final List<String> PLAIN = List.of("hmget");
  private static final List<String> SCRIPT = List.of("evalsha");
  private static final Duration BOUND = Duration.ofSeconds(3);

  @TempDir private static Path directory;
  private static RedisProcess redis;
  private FaultyProxy proxy;
  private Node first;
  private Node second;

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.start(directory);
    redis.command(Command.CONFIG, "SET", "slowlog-log-slower-than", "0");
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

  /** The commands that a look-up in L2 takes. */
  private List<String> commandsToGet(String text) {
    return commandsToGet(KEY, text);
  }

  private List<String> commandsToGet(String key, String text) {
    first.cache.drop(key);
    redis.command(Command.SLOWLOG, "RESET");
    assertThat(first.get(key)).isEqualTo(text);
    List<String> names = new ArrayList<>();
    for (Object one : (List<?>) redis.command(Command.SLOWLOG, "GET", "128")) {
      List<?> parts = (List<?>) one;
      List<String> command = ((List<?>) parts.get(3)).stream().map(PlainLookupTest::text).toList();
      boolean byScript = !text(parts.get(4)).startsWith("127.0.0.1:");
      if (command.contains(key) && !byScript) {
        names.add(0, command.get(0).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  private void awaitInTune() {
    awaitInTune(KEY, "old");
  }

  /** Has the second store new entries, until the first reads one by the plain command. */
  private void awaitInTune(String key, String text) {
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              second.store(key, text, "users");
              assertThat(commandsToGet(key, text)).isEqualTo(PLAIN);
            });
  }

  /** Leaves the entry on the server after an invalidation, as one that is broken off does. */
  private void invalidateAndLeave(Way way, Node node) {
    redis.command(
        Command.EVAL,
        "redis.call('RESTORE', '" + COPY + "', 0, redis.call('DUMP', KEYS[1]))",
        "1",
        KEY);
    way.by(node);
    redis.command(Command.RENAME, COPY, KEY);
  }

  /** Ways to invalidate that the server remembers, whatever it has removed. */
  enum Way {
    TAG,
    EVERYTHING,
    CHANGE;

    void by(Node node) {
      switch (this) {
        case TAG -> node.cache.invalidate(Invalidation.of(Set.of("users"), Set.of()));
        case EVERYTHING -> node.cache.invalidate(Invalidation.EVERYTHING);
        case CHANGE -> {
          long settled = node.settled();
          node.cache.replace(PlainLookupTest.KEY, Node.text("changed"), node.cache.mark());
          node.awaitSettled(settled + 1);
        }
      }
    }
  }

  @Test
  void get_whatWasBegunWhileAllIsHeard_takesOnePlainCommand() {
    awaitInTune();
    assertThat(commandsToGet("old")).isEqualTo(PLAIN);
  }

  @Test
  void get_whatIsOlderThanWhatWasHeard_asksTheScript() {
    List<String> keys = IntStream.range(10, 20).mapToObj(i -> "apigw:n:user:" + i).toList();
    keys.forEach(key -> second.store(key, "old", "users"));
    restartFirst();
    List<List<String>> commands = keys.stream().map(key -> commandsToGet(key, "old")).toList();
    assertThat(commands).allSatisfy(names -> assertThat(names).endsWith("evalsha"));
    assertThat(commands.get(9)).as("nothing is tried in vain for long").isEqualTo(SCRIPT);
  }

  @Test
  void get_whatTheScriptHasFoundValid_takesOnePlainCommandFromThenOn() {
    proveOldOne();
    assertThat(commandsToGet("old")).isEqualTo(PLAIN);
    assertThat(commandsToGet("old")).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @EnumSource
  void get_whatWasInvalidatedAfterTheScriptHadFoundItValid_isAMiss(Way way) {
    proveOldOne();
    long heard = first.tier.coherence().heard();
    invalidateAndLeave(way, second);
    await().atMost(BOUND).until(() -> first.tier.coherence().heard() > heard);

    first.cache.drop(KEY);
    assertThat(first.get(KEY)).isNull();
  }

  @Test
  void get_whatWasInvalidatedHereAfterTheScriptHadFoundItValid_isAMiss() {
    proveOldOne();
    invalidateAndLeave(Way.TAG, first);

    first.cache.drop(KEY);
    assertThat(first.get(KEY)).isNull();
  }

  @Test
  void get_afterSomethingMayHaveBeenMissed_asksTheScriptOnceMoreForWhatItHadFoundValid() {
    proveOldOne();
    long missed = first.tier.coherence().missed();
    redis.command(Command.CLIENT, "KILL", "TYPE", "pubsub");
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> first.tier.coherence().missed() > missed);
    assertThat(commandsToGet("old")).endsWith("evalsha");
    awaitInTune(OTHER, "new");
    assertThat(commandsToGet("old")).endsWith("evalsha");
    assertThat(commandsToGet("old")).isEqualTo(PLAIN);
  }

  /** Leaves an entry that is older than what the first gateway has heard, and valid. */
  private void proveOldOne() {
    second.store(KEY, "old", "users");
    restartFirst();
    assertThat(commandsToGet("old")).endsWith("evalsha");
  }

  private void restartFirst() {
    first.close();
    first = new Node(proxy.port(), directory.resolve("first.log")).ready(2);
    awaitInTune(OTHER, "new");
  }

  @ParameterizedTest
  @EnumSource
  void get_whatIsThereAlthoughItWasInvalidated_isAMiss(Way way) {
    awaitInTune();
    long heard = first.tier.coherence().heard();
    invalidateAndLeave(way, second);
    await().atMost(BOUND).until(() -> first.tier.coherence().heard() > heard);

    assertThat(first.get(KEY)).isNull();
  }

  /** What is told later does not make it what was begun later. */
  @Test
  void get_whatIsThereLongAfterItWasInvalidated_isAMiss() {
    awaitInTune();
    invalidateAndLeave(Way.TAG, second);
    awaitInTune(OTHER, "new");

    assertThat(first.get(KEY)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void get_whatIsThereAlthoughItWasInvalidatedHere_isAMiss(Way way) {
    awaitInTune();
    invalidateAndLeave(way, first);

    assertThat(first.get(KEY)).isNull();
  }

  @Test
  void get_whatCameAfterAnInvalidation_takesOnePlainCommandAgain() {
    awaitInTune();
    Way.TAG.by(second);
    awaitInTune();
  }

  @Test
  void get_whileNothingIsHeard_asksTheScript() {
    awaitInTune();
    proxy.deaf(true);
    await().atMost(BOUND).until(() -> !first.tier.coherence().listening());

    assertThat(commandsToGet("old")).isEqualTo(SCRIPT);
  }

  @Test
  void get_afterSomethingMayHaveBeenMissed_asksTheScriptForWhatIsOlder() {
    awaitInTune();
    long missed = first.tier.coherence().missed();
    redis.command(Command.CLIENT, "KILL", "TYPE", "pubsub");
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> first.tier.coherence().missed() > missed);
    assertThat(commandsToGet("old")).endsWith("evalsha");
    awaitInTune();
  }

  /** It is asked for from when it was begun: this gateway did not know that it was valid. */
  @Test
  void get_whatWasReadAfterAnUnheardInvalidation_isGoneInTime() {
    awaitInTune();
    proxy.deaf(true);
    invalidateAndLeave(Way.TAG, second);

    assertThat(commandsToGet("old")).as("as if it had been in L1").isEqualTo(PLAIN);
    await().atMost(BOUND).until(() -> first.get(KEY) == null);
  }

  @Test
  void get_whatIsNoEntry_isAMiss() {
    awaitInTune();
    redis.command(Command.DEL, KEY);
    redis.command(Command.SET, KEY, "somebody's");
    first.cache.drop(KEY);

    assertThat(first.get(KEY)).isNull();
    assertThat(first.tier.statistics().connected()).isTrue();
    assertThat(first.tier.statistics().errors()).isZero();
  }
}
