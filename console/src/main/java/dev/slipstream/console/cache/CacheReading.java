package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.console.merge.RedisServer;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway says about its cache.
 *
 * @param redis {@code null} where no Redis is configured
 * @param agentErrors errors of the agent itself
 */
record CacheReading(
    Exchanges exchanges,
    Operations operations,
    Memory memory,
    @Nullable Redis redis,
    long agentErrors) {

  /** Reads it, one round trip a bean. */
  static CacheReading from(AgentBeans beans) throws IOException, JMException {
    AgentMXBean agent = beans.read(ObjectNames.AGENT, AgentMXBean.class);
    HttpCacheMXBean http = beans.read(ObjectNames.HTTP_CACHE, HttpCacheMXBean.class);
    CacheMXBean cache = beans.read(ObjectNames.CACHE, CacheMXBean.class);
    MemoryTierMXBean memory = beans.read(ObjectNames.L1, MemoryTierMXBean.class);
    return new CacheReading(
        new Exchanges(
            http.getRequests(),
            http.getHits(),
            http.getBypasses(),
            http.getMeanResponseTimeMillis()),
        new Operations(
            cache.getTotalOperations(),
            cache.getHits(),
            cache.getMisses(),
            cache.getSets(),
            cache.getDeletes()),
        new Memory(
            memory.getEntries(),
            memory.getMemoryUsageBytes(),
            memory.getHits(),
            memory.getMisses(),
            memory.getEvictions(),
            memory.getMaxEntries()),
        beans.readIfPresent(ObjectNames.L2, RedisTierMXBean.class).map(Redis::from).orElse(null),
        agent.getErrors());
  }

  /** Exchanges, and how many of them were answered from the cache or passed it by. */
  record Exchanges(long requests, long hits, long bypasses, @Nullable Double meanMillis) {}

  /** What both tiers together were asked and told. */
  record Operations(long total, long hits, long misses, long sets, long deletes) {}

  /** L1. */
  record Memory(
      long entries,
      long bytes,
      long hits,
      long misses,
      long evictions,
      @Nullable Integer maxEntries) {}

  /**
   * L2; {@code memoryBytes} and {@code keys} are the server's, the others this gateway's.
   *
   * @param server its address alone, which is the same for all gateways that share it
   */
  record Redis(
      String server,
      boolean connected,
      @Nullable Long memoryBytes,
      @Nullable Long keys,
      long hits,
      long misses,
      long errors) {
    private static Redis from(RedisTierMXBean bean) {
      return new Redis(
          RedisServer.addressOf(bean.getServer()),
          bean.isConnected(),
          bean.getMemoryUsageBytes(),
          bean.getKeys(),
          bean.getHits(),
          bean.getMisses(),
          bean.getErrors());
    }
  }
}
