package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.RedisUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/**
 * Servers that speak TLS: one, a cluster, and one that a sentinel watches. The test itself speaks
 * to them in clear, on another port.
 */
class RedisTlsTest {
  private static final int SLOTS = 16_384;
  private static final int SHARDS = 3;
  private static final int KEYS = 30;

  @TempDir private static Path directory;
  private static TestCertificate certificate;
  private static SSLContext before;
  private final List<Server> servers = new ArrayList<>();

  private record Server(RedisProcess process, int tlsPort) {}

  @BeforeAll
  static void trust() throws Exception {
    certificate = TestCertificate.of("ip:127.0.0.1", directory);
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificate.context());
  }

  @AfterAll
  static void trustAsBefore() {
    SSLContext.setDefault(before);
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.process().close());
  }

  private Server start(String... moreOptions) throws Exception {
    Server server = new Server(RedisProcess.prepare(directory), RedisProcess.freeBusPort());
    servers.add(server);
    Stream<String> options =
        tls(server.tlsPort()).stream().flatMap(line -> Stream.of(("--" + line).split(" ")));
    server.process().start(Stream.concat(options, Stream.of(moreOptions)).toArray(String[]::new));
    return server;
  }

  private static List<String> tls(int port) throws Exception {
    return List.of(
        "tls-port " + port,
        "tls-cert-file " + certificate.certificate(),
        "tls-key-file " + certificate.key(),
        "tls-ca-cert-file " + certificate.certificate(),
        "tls-auth-clients no",
        "tls-replication yes");
  }

  private static RedisUrl url(RedisUrl.Topology topology, int port, @Nullable String master) {
    return new RedisUrl(
        topology, true, List.of(new RedisUrl.Node("127.0.0.1", port)), null, null, 0, master);
  }

  private static void assertUsed(RedisUrl url, int nodes) {
    try (RedisTier tier = Tiers.connected(url, directory.resolve("agent.log"))) {
      assertThat(tier.statistics().nodes()).hasSize(nodes);
      for (int i = 0; i < KEYS; i++) {
        Tiers.store(tier, "apigw:user:" + i, "value" + i, "users");
      }
      for (int i = 0; i < KEYS; i++) {
        assertThat(Tiers.get(tier, "apigw:user:" + i)).isEqualTo("value" + i);
      }
      assertThat(tier.invalidate(List.of("users"), List.of()).entries()).isEqualTo(KEYS);
      await().atMost(Tiers.PATIENCE).until(() -> tier.coherence().listening());
    }
  }

  @Test
  void tier_ofOneServer_isUsed() throws Exception {
    assertUsed(url(RedisUrl.Topology.SINGLE, start().tlsPort(), null), 1);
  }

  @Test
  void tier_ofACluster_isUsed() throws Exception {
    for (int i = 0; i < SHARDS; i++) {
      RedisProcess shard =
          start(
                  "--cluster-enabled",
                  "yes",
                  "--tls-cluster",
                  "yes",
                  "--cluster-config-file",
                  "nodes-tls-" + i + ".conf")
              .process();
      String[] slots =
          IntStream.range(i * SLOTS / SHARDS, (i + 1) * SLOTS / SHARDS)
              .mapToObj(Integer::toString)
              .toArray(String[]::new);
      shard.command(Command.CLUSTER, "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      shard.command(
          Command.CLUSTER,
          Stream.concat(Stream.of("ADDSLOTS"), Stream.of(slots)).toArray(String[]::new));
    }
    for (Server other : servers.subList(1, SHARDS)) {
      String port = Integer.toString(other.tlsPort());
      servers.get(0).process().command(Command.CLUSTER, "MEET", "127.0.0.1", port);
    }
    for (Server server : servers) {
      await()
          .atMost(RedisServers.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                String info = RedisServers.text(server.process().command(Command.CLUSTER, "INFO"));
                return info.contains("cluster_state:ok")
                    && info.contains("cluster_known_nodes:" + SHARDS);
              });
    }

    assertUsed(url(RedisUrl.Topology.CLUSTER, servers.get(0).tlsPort(), null), SHARDS);
  }

  @Test
  void tier_ofWhatASentinelNames_isUsed() throws Exception {
    int master = start().tlsPort();
    Server sentinel = new Server(RedisProcess.prepare(directory), RedisProcess.freePort());
    servers.add(sentinel);
    Stream<String> watches =
        Stream.of(
            "sentinel monitor main 127.0.0.1 " + master + " 1",
            "sentinel down-after-milliseconds main 5000");
    sentinel
        .process()
        .startSentinel(
            Stream.concat(tls(sentinel.tlsPort()).stream(), watches).toArray(String[]::new));

    assertUsed(url(RedisUrl.Topology.SENTINEL, sentinel.tlsPort(), "main"), 1);
  }
}
