package dev.slipstream.engine.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.RedisUrl.Topology;
import dev.slipstream.engine.cache.Inspected;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.KeyPattern;
import dev.slipstream.engine.cache.Listing;
import dev.slipstream.engine.cache.Survey;
import dev.slipstream.engine.cache.TieredCache;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** What an invalidation means is removed everywhere, and counted before, on two gateways. */
class SelectedEntriesTest {
  private static final String A = "apigw:n:a";
  private static final String B = "apigw:n:b";
  private static final String C = "apigw:n:c";
  private static final String D = "apigw:n:d/" + "long".repeat(100);
  private static final String X = "t?*";
  private static final String Y = "team y";

  @TempDir private Path directory;

  private interface Work {
    void on(RedisServers servers, Node first, Node second) throws Exception;
  }

  private void with(Topology topology, Work work) throws Exception {
    try (RedisServers servers = RedisServers.start(topology, directory);
        Node first = new Node(servers.url(), directory.resolve("first.log"));
        Node second = new Node(servers.url(), directory.resolve("second.log"))) {
      first.ready(2);
      second.ready(2);
      first.store(A, "a", X, Y);
      first.store(B, "b", X);
      first.store(C, "c", Y);
      first.store(D, "d", "z", Y, X);
      work.on(servers, first, second);
    }
  }

  private static List<String> held(Node node) {
    return Stream.of(A, B, C, D).filter(key -> node.get(key) != null).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "CLUSTER"})
  void invalidate_byAllOfSomeTags_removesWhatHasThemTogether(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          assertThat(held(second)).containsExactly(A, B, C, D);
          TieredCache.Mark before = second.cache.mark();
          Invalidation both = Invalidation.ofAll(List.of(X, Y), List.of());

          assertThat(first.cache.invalidate(both).entries()).isEqualTo(2);

          await().atMost(Tiers.PATIENCE).until(() -> held(second).equals(List.of(B, C)));
          assertThat(held(first)).containsExactly(B, C);
          assertThat(second.cache.put(A, Node.text("late", X, Y), before)).isFalse();
          assertThat(second.cache.put(B, Node.text("b2", X), before)).isTrue();
          assertThat(first.cache.invalidate(both).entries()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "CLUSTER"})
  void invalidate_byAllOfSomeTags_afterIndexesWereEvicted(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          servers.evict("_k", "_t:" + X, "_t:" + Y);
          Invalidation both = Invalidation.ofAll(List.of(Y, X), List.of());

          assertThat(first.cache.survey(both, false, true, () -> true).entries()).isEqualTo(2);
          assertThat(first.cache.invalidate(both).entries()).isEqualTo(2);
          await().atMost(Tiers.PATIENCE).until(() -> held(second).equals(List.of(B, C)));
        });
  }

  private static List<String> keys(List<Listing> listings) {
    return listings.stream().map(Listing::key).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "CLUSTER"})
  void list_isInOrderOfKeys_ofTheTiersAskedFor(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          List<Listing> all = first.cache.list(null, true, true, 10, () -> true);
          assertThat(keys(all)).containsExactly(A, B, C, D);
          assertThat(all).allSatisfy(one -> assertThat(one.inMemory() && one.inRedis()).isTrue());
          assertThat(second.cache.list(null, true, false, 10, () -> true)).isEmpty();

          List<Listing> two = second.cache.list(null, false, true, 2, () -> true);
          assertThat(keys(two)).containsExactly(A, B);
          Listing a = two.get(0);
          long now = System.currentTimeMillis();
          assertThat(a.inMemory()).isFalse();
          assertThat(a.tags()).containsExactlyInAnyOrder(X, Y);
          assertThat(a.bytes()).isPositive().isLessThan(1_000);
          assertThat(a.storedAtMillis()).isBetween(now - 60_000, now + 1_000);
          assertThat(a.expiresAtMillis()).isGreaterThan(now);
          assertThat(keys(second.cache.list(new KeyPattern("*:?"), false, true, 9, () -> true)))
              .containsExactly(A, B, C);
          assertThat(second.cache.list(null, false, true, 9, () -> false)).isEmpty();

          servers.evict("_k");
          assertThat(keys(second.cache.list(null, false, true, 10, () -> true)))
              .containsExactly(A, B, C, D);
          long hits = second.tier.statistics().hits();
          Inspected inspected = second.cache.inspect(D);
          assertThat(inspected).isNotNull();
          assertThat(inspected.inMemory()).isFalse();
          assertThat(inspected.inRedis().tags()).containsExactlyInAnyOrder("z", Y, X);
          assertThat(second.cache.inspect("apigw:n:e")).isNull();
          assertThat(second.tier.statistics().hits()).isEqualTo(hits);

          first.cache.invalidate(Invalidation.of(Set.of(X), List.of()));
          assertThat(keys(second.cache.list(null, false, true, 10, () -> true))).containsExactly(C);
          assertThat(second.cache.inspect(D)).isNull();
        });
  }

  /** Between the note and the removal: look-ups elsewhere, and what is written late. */
  @ParameterizedTest
  @EnumSource(names = "SINGLE")
  void get_andPut_whileWhatHasTagsTogetherIsRemoved(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          String both = Tags.together(List.of(X, Y));
          servers.command(Command.ZADD, "apigw:_w", "9e15", both);
          servers.command(Command.ZADD, "apigw:_inv", "9e15", "w");
          assertThat(Tiers.get(second.tier, A)).isNull();
          assertThat(Tiers.get(second.tier, B)).startsWith("b");

          servers.command(Command.ZADD, "apigw:_inv", "9e15", "p:" + both);
          long refused = second.tier.statistics().refusedWrites();
          long puts = second.tier.statistics().puts();
          second.cache.put(D, Node.text("late", X, Y), second.cache.mark());
          second.cache.put(B, Node.text("b2", X), second.cache.mark());
          await()
              .atMost(Tiers.PATIENCE)
              .until(
                  () ->
                      second.tier.statistics().refusedWrites() == refused + 1
                          && second.tier.statistics().puts() == puts + 1);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "CLUSTER"})
  void survey_countsDistinctEntriesOfBothTiers(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          first.cache.drop(B); // in Redis alone
          first.cache.putInMemory("apigw:n:own", Node.text("own", Y), first.cache.mark());
          Invalidation some = Invalidation.of(Set.of(X, "none"), Set.of("n:*own", "a", "nothing*"));

          Survey survey = first.cache.survey(some, true, true, () -> true);

          assertThat(survey.entries()).isEqualTo(4); // a, b, d, own
          assertThat(survey.memoryEntries()).isEqualTo(3); // without b
          assertThat(survey.redisEntries()).isEqualTo(3); // without own
          assertThat(survey.byTags()).isEqualTo(3);
          assertThat(survey.byPatterns()).isEqualTo(2);
          assertThat(survey.byTag()).containsOnly(entry(X, 3L), entry("none", 0L));
          assertThat(survey.byPattern())
              .containsOnly(entry("n:*own", 1L), entry("a", 1L), entry("nothing*", 0L));
          assertThat(survey.sample()).containsExactly(A, B, D, "apigw:n:own");
          assertThat(survey.complete()).isTrue();
          assertThat(held(first)).as("nothing was removed").containsExactly(A, B, C, D);
          assertThat(first.cache.survey(some, true, false, () -> true).entries()).isEqualTo(4);
          assertThat(second.cache.survey(some, false, true, () -> true).entries()).isEqualTo(3);
          assertThat(second.cache.survey(Invalidation.EVERYTHING, true, true, () -> true).entries())
              .isEqualTo(4);
        });
  }

  /** What is invalidated and not removed yet, or of an earlier epoch, is not there. */
  @ParameterizedTest
  @EnumSource(names = "SINGLE")
  void survey_ofWhatALookUpWouldNotFind_isEmpty(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          servers.command(Command.ZADD, "apigw:_inv", "9e15", "t:" + X);
          assertThat(second.cache.survey(Invalidation.EVERYTHING, false, true, () -> true).sample())
              .containsExactly(C);
          servers.command(Command.DEL, "apigw:_inv");
          assertThat(
                  second.cache.survey(Invalidation.EVERYTHING, false, true, () -> true).entries())
              .isZero();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "CLUSTER"})
  void survey_thatIsNotToGoOn_saysThatItIsOfAPart(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          Survey survey = first.cache.survey(Invalidation.EVERYTHING, true, true, () -> false);

          assertThat(survey.memoryEntries()).isEqualTo(4);
          assertThat(survey.redisEntries()).isZero();
          assertThat(survey.complete()).isFalse();
        });
  }

  /** A walk over millions of entries must not stop what is read of the gateway meanwhile. */
  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "CLUSTER"})
  void walk_heldUpWithinOrBetweenPages_keepsNobodyWaiting(Topology topology) throws Exception {
    with(
        topology,
        (servers, first, second) -> {
          assertThat(duringWalk(first, true, () -> newFiguresOf(first, 5))).isTrue();
          assertThat(duringWalk(first, false, () -> first.tier.read(B) != null)).isTrue();
        });
  }

  private static boolean newFiguresOf(Node node, long keys) {
    node.store("apigw:n:e", "e", X);
    await()
        .atMost(Tiers.PATIENCE)
        .until(() -> Long.valueOf(keys).equals(node.tier.statistics().keys()));
    return true;
  }

  /** What work comes to while a walk stands still at the first entry, or before a page. */
  private static <T> T duringWalk(Node node, boolean within, Callable<T> work) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FutureTask<Boolean> walk =
        new FutureTask<>(
            () ->
                node.tier.find(
                    key -> true,
                    () -> within || stands(reached, goOn),
                    found -> assertThat(!within || stands(reached, goOn)).isTrue()));
    new Thread(walk).start();
    try {
      assertThat(reached.await(20, SECONDS)).isTrue();
      FutureTask<T> done = new FutureTask<>(work);
      new Thread(done).start();
      return done.get(10, SECONDS);
    } finally {
      goOn.countDown();
      walk.get(20, SECONDS);
    }
  }

  private static boolean stands(CountDownLatch reached, CountDownLatch goOn) {
    reached.countDown();
    try {
      return goOn.await(60, SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
