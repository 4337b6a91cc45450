package dev.slipstream.engine.redis;

import static org.awaitility.Awaitility.await;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.RedisUrl;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** Makes tiers for tests. */
final class Tiers {
  static final Duration BUDGET = Duration.ofMillis(50);
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private Tiers() {}

  static RedisUrl url(int port, @Nullable String password) {
    return url(new HostAndPort("127.0.0.1", port), password);
  }

  private static RedisUrl url(HostAndPort address, @Nullable String password) {
    return new RedisUrl(
        RedisUrl.Topology.SINGLE,
        false,
        List.of(new RedisUrl.Node(address.getHost(), address.getPort())),
        null,
        password,
        0,
        null);
  }

  static Settings.Redis settings(@Nullable RedisUrl url) {
    return new Settings.Redis(
        url,
        "test",
        20,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        BUDGET,
        Duration.ofSeconds(60));
  }

  static RedisTier tier(RedisUrl url, Path log) {
    return new RedisTier(
        settings(url),
        "apigw",
        AgentLog.to(log, LogLevel.DEBUG, InstantSource.system()),
        System::nanoTime,
        InstantSource.system());
  }

  /** What the parts of a tier share that is not started. */
  static Setup setup(RedisUrl url, Path log) {
    Counters counters = new Counters();
    SlotGroups groups = SlotGroups.one("apigw");
    Connector connector = new Connector(url, deadline -> url.nodes().get(0), null, counters);
    MaintenanceLink link = new MaintenanceLink(connector, PATIENCE, System::nanoTime);
    return new Setup(
        settings(url),
        url,
        AgentLog.to(log, LogLevel.DEBUG, InstantSource.system()),
        System::nanoTime,
        InstantSource.system(),
        counters,
        groups,
        new RecentInvalidations(System::nanoTime),
        new Hearing(new Listening("self", 0), () -> Hearing.NO_LOG),
        new Announcer("self", groups.all().get(0).keys(), link, () -> {}));
  }

  /** A started tier that has connected. */
  static RedisTier connected(int port, Path log) {
    return connected(new HostAndPort("127.0.0.1", port), log);
  }

  static RedisTier connected(HostAndPort address, Path log) {
    return connected(url(address, null), log);
  }

  static RedisTier connected(RedisUrl url, Path log) {
    RedisTier tier = tier(url, log);
    tier.start();
    awaitUsed(tier);
    return tier;
  }

  static void awaitUsed(RedisTier tier) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> tier.statistics().connected());
  }

  static void awaitUnused(RedisTier tier) {
    await().atMost(PATIENCE).until(() -> !tier.statistics().connected());
  }

  /** Stores an entry, again and again where an invalidation just before refuses it. */
  static void store(RedisTier tier, String key, String value, String... tags) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              long puts = tier.statistics().puts();
              long refused = tier.statistics().refusedWrites();
              long now = System.currentTimeMillis();
              tier.put(key, bytes(value), now + 600_000, List.of(tags), now);
              await()
                  .pollInterval(Duration.ofMillis(2))
                  .atMost(PATIENCE)
                  .until(
                      () ->
                          tier.statistics().puts() > puts
                              || tier.statistics().refusedWrites() > refused);
              return tier.statistics().puts() > puts;
            });
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static @Nullable String get(RedisTier tier, String key) {
    byte[] value = tier.get(key);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
