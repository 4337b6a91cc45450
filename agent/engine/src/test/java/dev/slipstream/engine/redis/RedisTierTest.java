package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.RedisUrl;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/** The tier with servers that are well. */
@ParameterizedClass
@EnumSource(RedisUrl.Topology.class)
class RedisTierTest {
  private static final String KEY = "apigw:http_responses:GET:/users:::";

  @TempDir static Path directory;
  private static RedisServers redis;

  @Parameter RedisUrl.Topology topology;
  private RedisTier tier;

  @BeforeParameterizedClassInvocation
  static void startRedis(RedisUrl.Topology topology) {
    redis = RedisServers.start(topology, directory);
  }

  @AfterParameterizedClassInvocation
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    redis.everywhere(Command.FLUSHALL);
    tier = Tiers.connected(redis.url(), directory.resolve("agent.log"));
  }

  @AfterEach
  void close() {
    tier.close();
  }

  private RedisTier another() {
    return Tiers.connected(redis.url(), directory.resolve("other.log"));
  }

  /** What names have in a cluster after the prefix. */
  private static String group(String key) {
    return redis.beside(key, "").substring("apigw:".length());
  }

  private static long time() {
    return System.currentTimeMillis();
  }

  @Test
  void get_whatAnotherProcessStored() {
    Tiers.store(tier, KEY, "hello", "users");
    try (RedisTier other = another()) {
      assertThat(Tiers.get(other, KEY)).isEqualTo("hello");
      assertThat(Tiers.get(other, KEY + "x")).isNull();
      assertThat(other.statistics().hits()).isEqualTo(1);
      assertThat(other.statistics().misses()).isEqualTo(1);
    }
  }

  /** It cannot have been stored, and would only be sent in vain. */
  @Test
  void get_keyOverTheBound_isNotSent() {
    assertThat(tier.get("apigw:" + "k".repeat(16_384))).isNull();
    assertThat(tier.statistics().misses()).isZero();
    assertThat(tier.statistics().skipped()).isEqualTo(1);
  }

  @Test
  void put_entryUnderItsReadableKeyWithIndexesAndExpiry() {
    Tiers.store(tier, KEY, "hello", "users", "all");
    String index = redis.beside(KEY, "_t:users");
    assertThat(redis.keys())
        .filteredOn(name -> topology != RedisUrl.Topology.CLUSTER || name.contains(group(KEY)))
        .containsExactlyInAnyOrder(
            redis.name(KEY),
            redis.beside(KEY, "_inv"),
            redis.beside(KEY, "_k"),
            index,
            redis.beside(KEY, "_t:all"));
    assertThat((Long) redis.command(Command.PTTL, redis.name(KEY))).isBetween(590_000L, 600_000L);
    assertThat((Long) redis.command(Command.PTTL, index)).isBetween(590_000L, 600_000L);
  }

  @Test
  void put_valuesOfAnySizeAndContent() {
    byte[] value = new byte[3_000_000];
    IntStream.range(0, value.length).forEach(i -> value[i] = (byte) (i * 31));
    tier.put(KEY, value, time() + 60_000, List.of(), time());
    await().atMost(Tiers.PATIENCE).untilAsserted(() -> assertThat(tier.get(KEY)).isEqualTo(value));
  }

  @Test
  void putThrough_isThereOnReturn() {
    for (int i = 0; i < 10; i++) {
      String key = KEY + i;
      assertThat(putThrough(key, time())).isTrue();
      assertThat(Tiers.get(tier, key)).isEqualTo("through");
    }
    tier.invalidate(List.of("t"), List.of());
    assertThat(putThrough(KEY, time() - 5_000)).isFalse();
    assertThat(tier.statistics().refusedWrites()).isEqualTo(1);
    assertThat(tier.statistics().lateWrites()).isZero();
  }

  private boolean putThrough(String key, long begun) {
    Deadline patient = Deadline.in(Tiers.PATIENCE, System::nanoTime);
    byte[] value = Tiers.bytes("through");
    return tier.putThrough(key, value, time() + 60_000, List.of("t"), begun, 1, patient);
  }

  @Test
  void pause_readsAndWritesNothing_whileInvalidationsGoOut() {
    Tiers.store(tier, KEY, "hello", "users");
    String other = "apigw:http_responses:GET:/other:::";
    tier.pause(true);

    assertThat(tier.get(KEY)).isNull();
    tier.put(
        other,
        "x".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        time() + 60_000,
        List.of(),
        time());
    assertThat(tier.statistics().queuedWrites()).isZero();
    assertThat(tier.invalidate(List.of("users"), List.of()).entries()).isEqualTo(1);

    tier.pause(false);
    assertThat(tier.get(KEY)).isNull();
    Tiers.store(tier, KEY, "again", "users");
    assertThat(Tiers.get(tier, KEY)).isEqualTo("again");
    assertThat(tier.get(other)).isNull();
  }

  @Test
  void get_afterExpiry_isMiss() {
    tier.put(KEY, Tiers.bytes("x"), time() + 300, List.of("t"), time());
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().puts() == 1);
    await().atMost(Tiers.PATIENCE).until(() -> tier.get(KEY) == null);
    await()
        .atMost(Tiers.PATIENCE)
        .untilAsserted(() -> assertThat(redis.keys()).doesNotContain(redis.beside(KEY, "_t:t")));
    assertThat(tier.invalidate(List.of("t"), List.of()).entries()).isZero();
  }

  @Test
  void put_keyOverTheLength_isShortenedAndStillFoundByPattern() {
    String key = "apigw:http_responses:GET:/" + "a".repeat(400) + "/users:::";
    Tiers.store(tier, key, "long", "t");
    assertThat(Tiers.get(tier, key)).isEqualTo("long");
    assertThat(redis.keys()).allMatch(name -> name.length() <= 255);
    assertThat(tier.removeMatching("GET:*/users:*")).isEqualTo(1);
    assertThat(tier.get(key)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other:http_responses:x", "apigw:_inv", "apigw:_t:users", "apigw"})
  void put_keyThatIsNoEntrys_isDropped(String key) {
    tier.put(key, Tiers.bytes("x"), time() + 60_000, List.of(), time());
    assertThat(tier.statistics().droppedWrites()).isEqualTo(1);
    assertThat(tier.statistics().queuedWrites()).isZero();
  }

  @Test
  void put_tagsOverTheBounds_isDropped() {
    List<String> many = IntStream.range(0, 65).mapToObj(i -> "t" + i).toList();
    tier.put(KEY, Tiers.bytes("x"), time() + 60_000, many, time());
    tier.put(KEY, Tiers.bytes("x"), time() + 60_000, List.of("a\nb"), time());
    tier.put(KEY, Tiers.bytes("x"), time() + 60_000, List.of("a".repeat(257)), time());
    assertThat(tier.statistics().droppedWrites()).isEqualTo(3);
  }

  @Test
  void put_fillBegunBeforeInvalidationByTag_isRefused() {
    long begun = time();
    tier.invalidate(List.of("users"), List.of());
    tier.put(KEY, Tiers.bytes("stale"), time() + 60_000, List.of("users"), begun);
    tier.put(KEY + "1", Tiers.bytes("other"), time() + 60_000, List.of("orders"), begun);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().refusedWrites() == 1);
    await().atMost(Tiers.PATIENCE).until(() -> "other".equals(Tiers.get(tier, KEY + "1")));
    assertThat(tier.get(KEY)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "apigw:http_responses:GET:/users*, true",
    "http_responses:GET:/users:*, true",
    "GET:/user?:::, true",
    "*users*, true",
    "*:::, true",
    "GET:*s*r*:::, true",
    "*, true",
    "GET:/users, false",
    "/users:::, false",
    "GET:/orders*, false",
    "*::::*, false",
  })
  void put_fillBegunBeforeInvalidationByPattern_isRefusedWhereItMatches(
      String pattern, boolean refused) {
    long begun = time();
    tier.invalidate(List.of(), List.of(pattern));
    tier.put(KEY, Tiers.bytes("stale"), time() + 60_000, List.of("users"), begun);
    await()
        .atMost(Tiers.PATIENCE)
        .until(() -> tier.statistics().refusedWrites() + tier.statistics().puts() == 1);
    assertThat(tier.get(KEY) == null).isEqualTo(refused);
  }

  @Test
  void put_olderThanWhatIsThere_isRefused() {
    Tiers.store(tier, KEY, "new");
    tier.put(KEY, Tiers.bytes("old"), time() + 60_000, List.of(), time() - 5_000);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().refusedWrites() >= 1);
    assertThat(Tiers.get(tier, KEY)).isEqualTo("new");
  }

  @Test
  void put_withOtherTags_leavesTheOldTagsIndex() {
    Tiers.store(tier, KEY, "1", "a", "b");
    Tiers.store(tier, KEY, "2", "b", "c");
    assertThat(tier.invalidate(List.of("a"), List.of()).entries()).isZero();
    assertThat(Tiers.get(tier, KEY)).isEqualTo("2");
    assertThat(tier.invalidate(List.of("c"), List.of()).entries()).isEqualTo(1);
  }

  @Test
  void invalidate_countsDistinctEntriesByTagAndByPattern() {
    for (int i = 0; i < 10; i++) {
      Tiers.store(tier, "apigw:user:" + i, "v" + i, i < 6 ? "even" : "odd", "all" + i % 2);
    }
    // By tag: 0 to 5. By pattern: 4 to 7, and 4 again.
    RemovalCount count =
        tier.invalidate(List.of("even", "none"), List.of("user:[4-7]", "user:4", "*:5", "6", "7"));
    assertThat(count).isEqualTo(new RemovalCount(8, 6, 4, true));
    assertThat(IntStream.range(0, 10).filter(i -> tier.get("apigw:user:" + i) != null))
        .containsExactly(8, 9);
    assertThat(tier.invalidate(List.of("even"), List.of("user:4")).entries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"apigw:user:1*", "user:1*", "1*", "*:1?", "u?er:1*", "apigw:*:1*", "*er:1*"})
  void removeMatching_anyFormOfTheKey(String pattern) {
    Tiers.store(tier, "apigw:user:1", "1");
    Tiers.store(tier, "apigw:user:12", "12");
    Tiers.store(tier, "apigw:user:2", "2");
    assertThat(tier.removeMatching(pattern)).isEqualTo(pattern.endsWith("?") ? 1 : 2);
    assertThat(Tiers.get(tier, "apigw:user:2")).isEqualTo("2");
  }

  @Test
  void invalidate_moreThanAScriptTakes_isExact() {
    int count = 2_500;
    long now = time();
    for (int i = 0; i < count; i++) {
      tier.put("apigw:n:" + i, Tiers.bytes("v"), now + 60_000, List.of("t", "t" + i % 5), now);
    }
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().puts() == count);
    assertThat(tier.statistics().droppedWrites()).isZero();
    await()
        .atMost(Tiers.PATIENCE)
        .until(() -> Long.valueOf(count).equals(tier.statistics().keys()));
    assertThat(tier.invalidate(List.of("t1", "t2"), List.of()).byTags()).isEqualTo(1_000);
    assertThat(tier.removeMatching("n:*0")).isEqualTo(250);
    assertThat(tier.invalidate(List.of("t"), List.of()).entries()).isEqualTo(1_250);
  }

  @Test
  void removeAll_removesOurEntriesAndNothingElse() {
    redis.command(Command.SET, "other", "1");
    redis.command(Command.SET, "apigwx:1", "1");
    redis.command(Command.HSET, "apigw2:user:1", "f", "1");
    for (int i = 0; i < 20; i++) {
      Tiers.store(tier, "apigw:user:" + i, "v", "t" + i);
    }
    long begun = time();
    assertThat(tier.removeAll()).isEqualTo(20);
    assertThat(redis.keys())
        .filteredOn(name -> !name.endsWith(":_inv") && !name.endsWith(":_k"))
        .containsExactlyInAnyOrder("other", "apigwx:1", "apigw2:user:1");
    tier.put("apigw:user:1", Tiers.bytes("stale"), time() + 60_000, List.of(), begun);
    await().atMost(Tiers.PATIENCE).until(() -> tier.statistics().refusedWrites() >= 1);
    assertThat(tier.removeAll()).isZero();
    Tiers.store(tier, "apigw:user:1", "new", "t1");
    assertThat(Tiers.get(tier, "apigw:user:1")).isEqualTo("new");
    assertThat(tier.invalidate(List.of("t1"), List.of()).entries()).isEqualTo(1);
  }

  @Test
  void scripts_forgottenByTheServer_areLoadedAgain() {
    Tiers.store(tier, KEY, "1", "t");
    redis.everywhere(Command.SCRIPT, "FLUSH");
    assertThat(Tiers.get(tier, KEY)).isEqualTo("1");
    redis.everywhere(Command.SCRIPT, "FLUSH");
    Tiers.store(tier, KEY, "2", "t");
    redis.everywhere(Command.SCRIPT, "FLUSH");
    assertThat(tier.invalidate(List.of("t"), List.of()).entries()).isEqualTo(1);
  }

  @Test
  void keyOfAnotherType_isMissAndSurvives() {
    redis.command(Command.SET, redis.name("apigw:user:1"), "foreign");
    assertThat(tier.get("apigw:user:1")).isNull();
    assertThat(tier.removeAll()).isZero();
    assertThat(redis.command(Command.EXISTS, redis.name("apigw:user:1"))).isEqualTo(1L);
    assertThat(tier.statistics().connected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_t:a", "_k", "_inv", "_t:a _k"})
  void evictedIndex_neitherResurrectsNorBreaksCounts(String evicted) {
    Tiers.store(tier, "apigw:user:1", "1", "a");
    Tiers.store(tier, "apigw:user:2", "2", "a", "b");
    Tiers.store(tier, "apigw:user:3", "3", "b");
    redis.evict(evicted.split(" "));
    Tiers.store(tier, "apigw:user:4", "4", "a");
    boolean epochLost = evicted.equals("_inv");
    assertThat(tier.get("apigw:user:1") == null).isEqualTo(epochLost);
    assertThat(tier.invalidate(List.of("a"), List.of()))
        .isEqualTo(epochLost ? new RemovalCount(1, 1, 0, true) : new RemovalCount(3, 3, 0, true));
    assertThat(IntStream.rangeClosed(1, 4).filter(i -> tier.get("apigw:user:" + i) != null))
        .hasSize(epochLost ? 0 : 1);
    assertThat(tier.removeMatching("user:*")).isEqualTo(epochLost ? 0 : 1);
  }

  @Test
  void invalidationForgottenWithItsIndexes_doesNotResurrect() {
    Tiers.store(tier, "apigw:user:1", "1", "a");
    // What a script that was cut short leaves behind: the entry, but no index.
    redis.evict("_t:a", "_k");
    String invalidations = redis.beside("apigw:user:1", "_inv");
    redis.command(Command.ZADD, invalidations, "9000000000000000", "t:a");
    assertThat(tier.get("apigw:user:1")).isNull();
    redis.evict("_inv");
    assertThat(tier.get("apigw:user:1")).isNull();
    Tiers.store(tier, "apigw:user:2", "2", "b"); // begins a new epoch
    assertThat(tier.get("apigw:user:1")).isNull();
    assertThat(Tiers.get(tier, "apigw:user:2")).isEqualTo("2");
  }

  @Test
  void statistics_haveTheServersFigures() {
    Tiers.store(tier, KEY, "hello");
    await()
        .atMost(Tiers.PATIENCE)
        .untilAsserted(() -> assertThat(tier.statistics().keys()).isEqualTo(1));
    RedisTierStatistics statistics = tier.statistics();
    assertThat(statistics.memoryUsageBytes()).isGreaterThan(100_000);
    assertThat(statistics.breakerState()).isEqualTo("closed");
    assertThat(statistics.unavailableReason()).isEmpty();
    assertThat(statistics.bytesRead()).isPositive();
    assertThat(statistics.bytesWritten()).isPositive();
    assertThat(statistics.errors()).isZero();
    assertThat(statistics.topology()).isEqualTo(topology.name().toLowerCase(Locale.ROOT));
    assertThat(statistics.nodes())
        .hasSize(topology == RedisUrl.Topology.CLUSTER ? 3 : 1)
        .containsEntry("127.0.0.1:" + redis.server(0).port(), "closed");
    assertThat(statistics.breakerOpenings()).isZero();
    assertThat(statistics.breakerChangedAtMillis()).isBetween(time() - 20_000, time());
    assertThat(tier.latencyMillis(0.5)).isNull();
    assertThat(Tiers.get(tier, KEY)).isEqualTo("hello");
    assertThat(tier.latencyMillis(0.5)).isBetween(0.001, 500.0);
    assertThat(statistics.server()).isEqualTo(redis.url() + " (test)");
  }

  @Test
  void close_endsThreadsAndConnections() {
    tier.get(KEY);
    tier.close();
    assertThat(tier.get(KEY)).isNull();
    await()
        .atMost(Tiers.PATIENCE)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("slipstream-redis")));
    assertThat(tier.statistics().connections()).isZero();
  }

  @Test
  void get_interruptedThread_keepsItsFlag() {
    Tiers.store(tier, KEY, "hello");
    Thread.currentThread().interrupt();
    tier.get(KEY);
    assertThat(Thread.interrupted()).isTrue();
  }
}
