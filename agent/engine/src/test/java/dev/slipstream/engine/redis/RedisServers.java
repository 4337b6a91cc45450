package dev.slipstream.engine.redis;

import static org.awaitility.Awaitility.await;

import dev.slipstream.config.RedisUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Real servers of a test's own, in one of the topologies that the tier knows. */
final class RedisServers implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SLOTS = 16_384;
  private static final int SHARDS = 3;

  private final RedisUrl url;
  private final SlotGroups groups;
  private final List<RedisProcess> servers = new ArrayList<>();
  private final List<RedisProcess> sentinels = new ArrayList<>();

  private RedisServers(RedisUrl url) {
    this.url = url;
    this.groups =
        url.topology() == RedisUrl.Topology.CLUSTER
            ? SlotGroups.ofCluster("apigw")
            : SlotGroups.one("apigw");
  }

  /** Starts what a topology is of at least: one server, three masters, or one with a sentinel. */
  static RedisServers start(RedisUrl.Topology topology, Path directory) {
    return switch (topology) {
      case SINGLE -> single(directory);
      case CLUSTER -> cluster(directory, 0);
      case SENTINEL -> sentinel(directory, 0, 1);
    };
  }

  private static RedisServers single(Path directory) {
    RedisProcess redis = RedisProcess.start(directory);
    RedisServers servers = new RedisServers(Tiers.url(redis.port(), null));
    servers.servers.add(redis);
    return servers;
  }

  /** Three masters, each with so many replicas; the masters come first. */
  static RedisServers cluster(Path directory, int replicas) {
    List<RedisProcess> started =
        IntStream.range(0, SHARDS * (1 + replicas)).mapToObj(i -> clustered(directory)).toList();
    RedisServers cluster = new RedisServers(url(RedisUrl.Topology.CLUSTER, started, null));
    cluster.servers.addAll(started);
    for (int i = 0; i < SHARDS; i++) {
      int first = i * SLOTS / SHARDS;
      int end = (i + 1) * SLOTS / SHARDS;
      cluster.tell(i, "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      String[] slots =
          IntStream.range(first, end).mapToObj(Integer::toString).toArray(String[]::new);
      cluster.tell(
          i, Stream.concat(Stream.of("ADDSLOTS"), Stream.of(slots)).toArray(String[]::new));
    }
    for (RedisProcess server : started.subList(1, started.size())) {
      cluster.tell(0, "MEET", "127.0.0.1", Integer.toString(server.port()));
    }
    for (RedisProcess server : started) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                String nodes = text(server.command(Command.CLUSTER, "NODES"));
                return nodes.lines().filter(line -> line.contains(" connected")).count()
                    == started.size();
              });
    }
    for (int i = SHARDS; i < started.size(); i++) {
      cluster.tell(i, "REPLICATE", cluster.id(i % SHARDS));
      cluster.awaitReplica(i);
    }
    for (RedisProcess server : started) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> text(server.command(Command.CLUSTER, "INFO")).contains("cluster_state:ok"));
    }
    return cluster;
  }

  private static RedisProcess clustered(Path directory) {
    RedisProcess server = RedisProcess.prepareClustered(directory);
    server.start(clusterOptions(server));
    return server;
  }

  static String[] clusterOptions(RedisProcess server) {
    return new String[] {
      "--cluster-enabled",
      "yes",
      "--cluster-config-file",
      "nodes-" + server.port() + ".conf",
      "--cluster-node-timeout",
      "1000",
      "--cluster-require-full-coverage",
      "no",
      "--repl-diskless-sync",
      "yes",
      "--repl-diskless-sync-delay",
      "0"
    };
  }

  /** A master, which comes first, with so many replicas, watched by so many sentinels. */
  static RedisServers sentinel(Path directory, int replicas, int sentinels) {
    List<RedisProcess> watchers =
        IntStream.range(0, sentinels).mapToObj(i -> RedisProcess.prepare(directory)).toList();
    RedisServers group = new RedisServers(url(RedisUrl.Topology.SENTINEL, watchers, "main"));
    RedisProcess master = RedisProcess.start(directory);
    group.servers.add(master);
    String port = Integer.toString(master.port());
    for (int i = 1; i <= replicas; i++) {
      group.servers.add(
          RedisProcess.start(
              directory,
              "--replicaof",
              "127.0.0.1",
              port,
              "--repl-diskless-sync",
              "yes",
              "--repl-diskless-sync-delay",
              "0"));
      group.awaitReplica(i);
    }
    for (RedisProcess watcher : watchers) {
      watcher.startSentinel(
          "sentinel monitor main 127.0.0.1 " + port + " " + (sentinels / 2 + 1),
          "sentinel down-after-milliseconds main 500",
          "sentinel failover-timeout main 10000");
      group.sentinels.add(watcher);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  watcher.command(Command.SENTINEL, "REPLICAS", "main") instanceof List<?> known
                      && known.size() == replicas);
    }
    return group;
  }

  private static RedisUrl url(
      RedisUrl.Topology topology, List<RedisProcess> nodes, @Nullable String master) {
    return new RedisUrl(
        topology,
        false,
        nodes.stream().map(node -> new RedisUrl.Node("127.0.0.1", node.port())).toList(),
        null,
        null,
        0,
        master);
  }

  RedisUrl url() {
    return url;
  }

  RedisProcess server(int index) {
    return servers.get(index);
  }

  RedisProcess sentinel(int index) {
    return sentinels.get(index);
  }

  /** Which of the servers serves the group of a key. */
  int owner(String key) {
    return IntStream.range(0, servers.size())
        .filter(i -> serves(i, name(key)))
        .findFirst()
        .orElseThrow();
  }

  private boolean serves(int index, String name) {
    try {
      servers.get(index).command(Command.EXISTS, name);
      return true;
    } catch (JedisDataException e) {
      return false;
    }
  }

  String id(int index) {
    return text(servers.get(index).command(Command.CLUSTER, "MYID"));
  }

  Object tell(int index, String... arguments) {
    return servers.get(index).command(Command.CLUSTER, arguments);
  }

  private void awaitReplica(int index) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                text(servers.get(index).command(Command.INFO, "replication"))
                    .contains("master_link_status:up"));
  }

  /** Waits until the replicas of a master have all that it has. */
  void awaitCopied(int master) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> Long.valueOf(1).equals(servers.get(master).command(Command.WAIT, "1", "1000")));
  }

  /** The name on the servers of a key, or of what is beside entries in the group of a key. */
  String name(String key) {
    return groups.of(key).keys().name(key);
  }

  /** What is beside the entry of a key, such as {@code _inv}. */
  String beside(String key, String name) {
    String entry = groups.of(key).keys().name(key);
    int end = entry.indexOf("}:");
    return (end < 0 ? "apigw:" : entry.substring(0, end + 2)) + name;
  }

  /** A slot of the cluster. */
  int slot(String key) {
    return groups.of(key).slot();
  }

  /** A command about a key, sent to the server that has it. */
  Object command(Command command, String... arguments) {
    JedisDataException refusal = new JedisDataException("no server");
    for (RedisProcess server : servers) {
      try {
        return server.command(command, arguments);
      } catch (JedisDataException e) {
        refusal = e;
      }
    }
    throw refusal;
  }

  /** A command for each of the servers that are masters. */
  void everywhere(Command command, String... arguments) {
    for (RedisProcess server : servers) {
      if (text(server.command(Command.INFO, "replication")).contains("role:master")) {
        server.command(command, arguments);
      }
    }
  }

  /** Deletes what is beside entries, in every group. */
  void evict(String... names) {
    for (SlotGroup group : groups.all()) {
      String inv = EntryKeys.text(group.keys().invalidations());
      String start = inv.substring(0, inv.length() - "_inv".length());
      for (String name : names) {
        command(Command.DEL, start + name);
      }
    }
  }

  /** All keys of all servers. */
  List<String> keys() {
    return servers.stream().flatMap(server -> server.keys().stream()).distinct().toList();
  }

  static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    sentinels.forEach(RedisProcess::close);
    servers.forEach(RedisProcess::close);
  }
}
