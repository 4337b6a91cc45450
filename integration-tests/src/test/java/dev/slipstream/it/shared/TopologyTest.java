package dev.slipstream.it.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The servers themselves: that they do what the other tests of this package take for granted. */
@Tag("shared")
final class TopologyTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"CLUSTER", "SENTINEL"})
  void primaryThatIsKilled_isReplaced(Topology topology) {
    try (RedisSetup redis = topology.start(folder)) {
      List<RedisNode> before = primaries(redis);
      RedisNode killed = redis.primary();

      Runnable heal = Fault.KILLED.inject(redis);
      List<RedisNode> others = redis.nodes().stream().filter(node -> !node.equals(killed)).toList();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> others.stream().filter(RedisNode::isPrimary).count() == before.size());
      heal.run();
      redis.awaitWhole();

      // A sentinel demotes what came back a while after it has seen it.
      await()
          .alias("what came back is a replica")
          .atMost(Duration.ofSeconds(20))
          .until(() -> !killed.isPrimary() && primaries(redis).size() == before.size());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CLUSTER", "SENTINEL"})
  void failover_changesPlaces(Topology topology) {
    try (RedisSetup redis = topology.start(folder)) {
      RedisNode before = redis.primary();

      redis.failOver();
      redis.awaitWhole();

      assertThat(before.isPrimary()).isFalse();
      redis.failOver();
      redis.awaitWhole();
    }
  }

  @ParameterizedTest
  @EnumSource
  void allRestarted_areWholeAndEmpty(Topology topology) {
    try (RedisSetup redis = topology.start(folder)) {
      RedisNode primary = redis.primary();
      primary.server().send("SET {06S}a b"); // slot 0, which the first primary of a cluster has

      Fault.RESTARTED_EMPTY.inject(redis).run();
      redis.awaitWhole();

      assertThat(redis.nodes())
          .allSatisfy(node -> assertThat(node.server().send("DBSIZE")).containsExactly(":0"));
    }
  }

  private static List<RedisNode> primaries(RedisSetup redis) {
    return redis.nodes().stream().filter(RedisNode::isPrimary).toList();
  }
}
