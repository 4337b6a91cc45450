package dev.slipstream.engine.redis;

import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** L2: the tier in Redis that gateways share. */
public final class RedisTier implements AutoCloseable {
  private final Settings.Redis settings;

  /** Makes a tier that does nothing before {@link #start}. */
  public RedisTier(
      Settings.Redis settings,
      String keyPrefix,
      AgentLog log,
      LongSupplier nanoTicker,
      InstantSource clock) {
    this.settings = settings;
  }

  /** Starts the maintenance threads; neither blocks nor throws. */
  public void start() {}

  /** The value under a key, or null. */
  public byte @Nullable [] get(String key) {
    return null;
  }

  /** Queues an entry to be written. */
  public void put(
      String key,
      byte[] value,
      long expiresAtMillis,
      Collection<String> tags,
      long fillStartedAtMillis) {}

  /** Removes entries by tag and by pattern. */
  public RemovalCount invalidate(Collection<String> tags, Collection<String> patterns) {
    return new RemovalCount(0, 0, 0, true);
  }

  /** Removes every entry of ours. */
  public long removeAll() {
    return 0;
  }

  /** Removes the entries that a pattern matches. */
  public long removeMatching(String pattern) {
    return 0;
  }

  /** What the tier has done. */
  public RedisTierStatistics statistics() {
    return new RedisTierStatistics(
        settings.display(), false, "open", "", null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
