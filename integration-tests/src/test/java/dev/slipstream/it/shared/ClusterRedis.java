package dev.slipstream.it.shared;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;

/** A Redis Cluster of three primaries, each with a replica. */
record ClusterRedis(List<RedisNode> nodes) implements RedisSetup {
  private static final int SHARDS = 3;
  private static final int SLOTS = 16_384;

  /** After this a node that says nothing counts as failed; in milliseconds. */
  private static final String NODE_TIMEOUT = "1000";

  ClusterRedis {
    nodes = List.copyOf(nodes);
  }

  static ClusterRedis start(Path folder) {
    List<RedisNode> nodes = new ArrayList<>();
    for (int i = 0; i < 2 * SHARDS; i++) {
      nodes.add(
          RedisNode.start(
              folder.resolve("node-" + i),
              RedisNode.Announcement.IN_CLUSTER,
              "--cluster-enabled",
              "yes",
              "--cluster-node-timeout",
              NODE_TIMEOUT,
              "--repl-diskless-sync-delay",
              "0"));
    }
    ClusterRedis cluster = new ClusterRedis(nodes);
    try {
      cluster.join();
      return cluster;
    } catch (RuntimeException | Error failure) {
      cluster.close();
      throw failure;
    }
  }

  private void join() {
    for (int shard = 0; shard < SHARDS; shard++) {
      String slots =
          IntStream.range(shard * SLOTS / SHARDS, (shard + 1) * SLOTS / SHARDS)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" "));
      expect(nodes.get(shard), "CLUSTER ADDSLOTS " + slots);
    }
    RedisNode first = nodes.get(0);
    for (RedisNode node : nodes.subList(1, nodes.size())) {
      String address =
          String.format(
              Locale.ROOT, "127.0.0.1 %d %d", first.server().port(), first.server().busPort());
      expect(node, "CLUSTER MEET " + address);
    }
    for (int shard = 0; shard < SHARDS; shard++) {
      RedisNode replica = nodes.get(SHARDS + shard);
      String primary = nodes.get(shard).server().query("CLUSTER MYID");
      patiently().until(() -> knownNodes(replica) == nodes.size());
      patiently()
          .until(
              () -> replica.server().send("CLUSTER REPLICATE " + primary).equals(List.of("+OK")));
    }
    awaitWhole();
  }

  private static void expect(RedisNode node, String command) {
    List<String> replies = node.server().send(command);
    if (!replies.equals(List.of("+OK"))) {
      throw new AssertionError(command + ": " + replies);
    }
  }

  private static long knownNodes(RedisNode node) {
    return node.server().query("CLUSTER NODES").lines().count();
  }

  /** The state is ok for all, and each primary has its replica, which is in step with it. */
  @Override
  public void awaitWhole() {
    patiently().until(() -> nodes.stream().allMatch(ClusterRedis::isWell));
  }

  private static boolean isWell(RedisNode node) {
    String replication = node.server().query("INFO replication");
    return node.server().query("CLUSTER INFO").contains("cluster_state:ok")
        && (replication.contains("connected_slaves:1")
            || replication.contains("master_link_status:up"));
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions();
  }

  @Override
  public String url() {
    // a comma within an agent's option
    return "redis-cluster://"
        + nodes.stream().map(RedisNode::address).collect(Collectors.joining("\\,"));
  }

  @Override
  public void failOver() {
    RedisNode primary = primary();
    String id = primary.server().query("CLUSTER MYID");
    RedisNode replica =
        nodes.stream().filter(node -> isReplicaOf(node, id)).findFirst().orElseThrow();
    expect(replica, "CLUSTER FAILOVER");
    patiently().until(() -> replica.isPrimary() && !primary.isPrimary());
  }

  private static boolean isReplicaOf(RedisNode node, String primary) {
    return node.server()
        .query("CLUSTER NODES")
        .lines()
        .anyMatch(line -> line.contains("myself,slave") && line.contains(primary));
  }

  @Override
  public void close() {
    nodes.forEach(RedisNode::close);
  }
}
