package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.redis.RedisTier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tier in Redis, for JMX. */
final class RedisTierMBean implements RedisTierMXBean {
  private final RedisTier redis;
  private final TieredCache cache;

  RedisTierMBean(RedisTier redis, TieredCache cache) {
    this.redis = redis;
    this.cache = cache;
  }

  @Override
  public String getServer() {
    return redis.statistics().server();
  }

  @Override
  public boolean isConnected() {
    return redis.statistics().connected();
  }

  @Override
  public String getBreakerState() {
    return redis.statistics().breakerState();
  }

  @Override
  public String getUnavailableReason() {
    return redis.statistics().unavailableReason();
  }

  @Override
  public long getBreakerOpenings() {
    return redis.statistics().breakerOpenings();
  }

  @Override
  public @Nullable Long getBreakerChangedAtMillis() {
    return redis.statistics().breakerChangedAtMillis();
  }

  @Override
  public String getLastOpeningReason() {
    return redis.statistics().lastOpeningReason();
  }

  @Override
  public String getTopology() {
    return redis.statistics().topology();
  }

  @Override
  public Map<String, String> getNodes() {
    return redis.statistics().nodes();
  }

  @Override
  public @Nullable Double getLatencyP50Millis() {
    return redis.latencyMillis(0.5);
  }

  @Override
  public @Nullable Double getLatencyP95Millis() {
    return redis.latencyMillis(0.95);
  }

  @Override
  public @Nullable Double getLatencyP99Millis() {
    return redis.latencyMillis(0.99);
  }

  @Override
  public long getLateWrites() {
    return redis.statistics().lateWrites();
  }

  @Override
  public @Nullable Long getMemoryUsageBytes() {
    return redis.statistics().memoryUsageBytes();
  }

  @Override
  public @Nullable Long getKeys() {
    return redis.statistics().keys();
  }

  @Override
  public long getHits() {
    return redis.statistics().hits();
  }

  @Override
  public long getMisses() {
    return redis.statistics().misses();
  }

  @Override
  public long getSkippedLookups() {
    return redis.statistics().skipped();
  }

  @Override
  public long getPuts() {
    return redis.statistics().puts();
  }

  @Override
  public long getRefusedWrites() {
    return redis.statistics().refusedWrites();
  }

  @Override
  public long getDroppedWrites() {
    return redis.statistics().droppedWrites();
  }

  @Override
  public int getQueuedWrites() {
    return redis.statistics().queuedWrites();
  }

  @Override
  public long getErrors() {
    return redis.statistics().errors();
  }

  @Override
  public long getBytesRead() {
    return redis.statistics().bytesRead();
  }

  @Override
  public long getBytesWritten() {
    return redis.statistics().bytesWritten();
  }

  @Override
  public int getConnections() {
    return redis.statistics().connections();
  }

  @Override
  public int getPendingInvalidations() {
    return redis.statistics().pendingInvalidations();
  }

  @Override
  public @Nullable Double getHitRatio() {
    return Ratio.of(getHits(), getMisses());
  }

  @Override
  public long getUnreadableEntries() {
    return cache.unreadable();
  }
}
