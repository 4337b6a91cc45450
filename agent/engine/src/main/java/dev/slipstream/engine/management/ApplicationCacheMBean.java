package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.ApplicationCacheMXBean;
import dev.slipstream.engine.app.ApplicationCacheStatistics;
import dev.slipstream.engine.app.ApplicationCaches;
import org.jspecify.annotations.Nullable;

/** The caches of application code, for JMX. */
final class ApplicationCacheMBean implements ApplicationCacheMXBean {
  private final ApplicationCaches caches;
  private final long maxEntries;

  ApplicationCacheMBean(ApplicationCaches caches, long maxEntries) {
    this.caches = caches;
    this.maxEntries = maxEntries;
  }

  private ApplicationCacheStatistics statistics() {
    return caches.statistics();
  }

  @Override
  public int getApplications() {
    return statistics().applications();
  }

  @Override
  public long getEntries() {
    return statistics().entries();
  }

  @Override
  public long getMaxEntriesOfApplication() {
    return maxEntries;
  }

  @Override
  public long getHits() {
    return statistics().hits();
  }

  @Override
  public long getMisses() {
    return statistics().misses();
  }

  @Override
  public @Nullable Double getHitRatio() {
    return Ratio.of(getHits(), getMisses());
  }

  @Override
  public long getSets() {
    return statistics().sets();
  }

  @Override
  public long getEvictions() {
    return statistics().evictions();
  }

  @Override
  public long getLoads() {
    return statistics().loads();
  }

  @Override
  public long getFailedLoads() {
    return statistics().failedLoads();
  }

  @Override
  public long getLoadsUnderWay() {
    return statistics().loadsUnderWay();
  }

  @Override
  public long getCollapsed() {
    return statistics().collapsed();
  }

  @Override
  public long getLoadedAlone() {
    return statistics().alone();
  }

  @Override
  public long getKeptInProcess() {
    return statistics().keptInProcess();
  }

  @Override
  public long getRefused() {
    return statistics().refused();
  }

  @Override
  public long getUnkeyedCalls() {
    return statistics().unkeyed();
  }
}
