package dev.slipstream.it.shared;

import static org.awaitility.Awaitility.await;

import dev.slipstream.it.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;

/** A primary and its replica, watched by three sentinels of which two decide. */
record SentinelRedis(List<RedisNode> nodes, List<RedisServer> sentinels) implements RedisSetup {
  private static final String NAME = "mymaster";
  private static final int SENTINELS = 3;

  SentinelRedis {
    nodes = List.copyOf(nodes);
    sentinels = List.copyOf(sentinels);
  }

  static SentinelRedis start(Path folder) {
    String[] options = {"--repl-diskless-sync-delay", "0"};
    RedisNode first =
        RedisNode.start(folder.resolve("node-0"), RedisNode.Announcement.AS_REPLICA, options);
    RedisNode second =
        RedisNode.start(folder.resolve("node-1"), RedisNode.Announcement.AS_REPLICA, options);
    String address = String.format(Locale.ROOT, "127.0.0.1 %d", first.proxy().port());
    second.server().send("REPLICAOF " + address);
    List<RedisServer> sentinels = new ArrayList<>();
    for (int i = 0; i < SENTINELS; i++) {
      sentinels.add(
          RedisServer.startSentinel(
              newFolder(folder.resolve("sentinel-" + i)),
              "sentinel monitor " + NAME + " " + address + " 2",
              "sentinel down-after-milliseconds " + NAME + " 500",
              "sentinel failover-timeout " + NAME + " 10000"));
    }
    SentinelRedis setup = new SentinelRedis(List.of(first, second), sentinels);
    setup.awaitWhole();
    return setup;
  }

  private static Path newFolder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One is the primary, the other in step with it, and each sentinel knows both and the others. */
  @Override
  public void awaitWhole() {
    patiently()
        .until(
            () ->
                nodes.stream().filter(RedisNode::isPrimary).count() == 1
                    && nodes.stream().anyMatch(SentinelRedis::isInStep)
                    && sentinels.stream().allMatch(this::isWell));
  }

  private static boolean isInStep(RedisNode node) {
    return node.server().query("INFO replication").contains("master_link_status:up");
  }

  private boolean isWell(RedisServer sentinel) {
    String known = sentinel.query("INFO sentinel");
    return known.contains("status=ok,address=" + primary().address() + ",slaves=1,sentinels=3");
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
    return sentinels.stream()
        .map(sentinel -> String.format(Locale.ROOT, "127.0.0.1:%d", sentinel.port()))
        .collect(Collectors.joining("\\,", "redis-sentinel://", "/" + NAME));
  }

  /** The one that was the primary takes writes for seconds more, before a sentinel demotes it. */
  @Override
  public void failOver() {
    String before = named(sentinels.get(0));
    patiently()
        .until(() -> sentinels.get(0).send("SENTINEL FAILOVER " + NAME).equals(List.of("+OK")));
    patiently()
        .until(() -> sentinels.stream().noneMatch(sentinel -> named(sentinel).equals(before)));
  }

  /** The address that a sentinel has for the primary. */
  private static String named(RedisServer sentinel) {
    String known = sentinel.query("INFO sentinel");
    String address = known.substring(known.indexOf("address=") + "address=".length());
    return address.substring(0, address.indexOf(','));
  }

  @Override
  public void close() {
    sentinels.forEach(RedisServer::close);
    nodes.forEach(RedisNode::close);
  }
}
