package dev.slipstream.engine.redis;

import dev.slipstream.config.LogLevel;
import dev.slipstream.engine.AgentLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** The main class of a process in which nothing but the tier runs; see FootprintTest. */
final class Footprint {
  private Footprint() {}

  /** Uses the tier with the server on a port, and writes what changed to a file. */
  public static void main(String[] arguments) throws Exception {
    Properties before = (Properties) System.getProperties().clone();
    Path log = Path.of(arguments[1] + ".log");
    long now = System.currentTimeMillis();
    String key = "apigw:user:1";
    RedisTier tier =
        new RedisTier(
            Tiers.settings(Tiers.url(Integer.parseInt(arguments[0]), null)),
            "apigw",
            AgentLog.to(log, LogLevel.DEBUG, InstantSource.system()),
            System::nanoTime,
            InstantSource.system());
    tier.start();
    while (!tier.statistics().connected()) {
      Thread.onSpinWait();
    }
    while (tier.get(key) == null) {
      now++;
      tier.put(key, new byte[2_000], now + 60_000, List.of("t"), System.currentTimeMillis());
      while (tier.statistics().queuedWrites() > 0) {
        Thread.onSpinWait();
      }
    }
    RemovalCount removed = tier.invalidate(List.of("t"), List.of("user:*"));
    tier.removeAll();
    tier.close();
    Set<Object> changed = new HashSet<>(System.getProperties().entrySet());
    changed.removeAll(before.entrySet());
    Files.writeString(
        Path.of(arguments[1]), removed.entries() + " removed, properties changed: " + changed);
  }
}
