package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.TieredCache;
import org.jspecify.annotations.Nullable;

/** The tier in this process, for JMX. */
final class MemoryTierMBean implements MemoryTierMXBean {
  private final TieredCache cache;

  MemoryTierMBean(TieredCache cache) {
    this.cache = cache;
  }

  @Override
  public long getEntries() {
    return cache.memoryStatistics().entries();
  }

  @Override
  public long getMemoryUsageBytes() {
    return cache.memoryStatistics().memoryBytes();
  }

  @Override
  public long getMaxMemoryBytes() {
    return cache.memoryStatistics().maxMemoryBytes();
  }

  @Override
  public long getHits() {
    return cache.memoryStatistics().hits();
  }

  @Override
  public long getMisses() {
    return cache.memoryStatistics().misses();
  }

  @Override
  public @Nullable Double getHitRatio() {
    return Ratio.of(getHits(), getMisses());
  }

  @Override
  public long getPuts() {
    return cache.memoryStatistics().puts();
  }

  @Override
  public long getEvictions() {
    return cache.memoryStatistics().evictions();
  }

  @Override
  public long getExpirations() {
    return cache.memoryStatistics().expirations();
  }

  @Override
  public long getRemovals() {
    return cache.memoryStatistics().removals();
  }

  @Override
  public long getReplacements() {
    return cache.memoryStatistics().replacements();
  }

  @Override
  public @Nullable Integer getMaxEntries() {
    return cache.memoryStatistics().maxEntries();
  }

  @Override
  public long shrink(double fraction) {
    return cache.shrinkMemory(fraction);
  }

  @Override
  public long flush() {
    return cache.dropFromMemory(Invalidation.EVERYTHING).entries();
  }
}
