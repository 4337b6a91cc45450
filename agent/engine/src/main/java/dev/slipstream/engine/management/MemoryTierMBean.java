package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.engine.cache.MemoryTier;
import org.jspecify.annotations.Nullable;

/** The tier in this process, for JMX. */
final class MemoryTierMBean implements MemoryTierMXBean {
  private final MemoryTier tier;

  MemoryTierMBean(MemoryTier tier) {
    this.tier = tier;
  }

  @Override
  public long getEntries() {
    return tier.statistics().entries();
  }

  @Override
  public long getMemoryUsageBytes() {
    return tier.statistics().memoryBytes();
  }

  @Override
  public long getMaxMemoryBytes() {
    return tier.statistics().maxMemoryBytes();
  }

  @Override
  public long getHits() {
    return tier.statistics().hits();
  }

  @Override
  public long getMisses() {
    return tier.statistics().misses();
  }

  @Override
  public @Nullable Double getHitRatio() {
    return Ratio.of(getHits(), getMisses());
  }

  @Override
  public long getPuts() {
    return tier.statistics().puts();
  }

  @Override
  public long getEvictions() {
    return tier.statistics().evictions();
  }

  @Override
  public long getExpirations() {
    return tier.statistics().expirations();
  }

  @Override
  public long flush() {
    return tier.clear();
  }
}
