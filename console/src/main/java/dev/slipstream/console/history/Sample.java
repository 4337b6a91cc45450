package dev.slipstream.console.history;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.console.performance.EndpointsReading;
import dev.slipstream.console.performance.SystemReading;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.time.InstantSource;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway said at a time, most of it counted since its start.
 *
 * @param atMillis when it answered, in milliseconds since 1970
 */
public record Sample(long atMillis, EndpointsReading endpoints, SystemReading system, Tiers tiers) {

  /**
   * Its tiers.
   *
   * @param redis null where no Redis is configured
   * @param errors of the agent itself and of operations on Redis
   */
  record Tiers(
      long hits,
      long misses,
      long evictions,
      long bytes,
      long entries,
      @Nullable Redis redis,
      long errors) {

    static Tiers from(AgentBeans beans) throws IOException, JMException {
      MemoryTierMXBean memory = beans.read(ObjectNames.L1, MemoryTierMXBean.class);
      Redis redis =
          beans
              .readIfPresent(
                  ObjectNames.L2,
                  RedisTierMXBean.class,
                  "Hits",
                  "Misses",
                  "Errors",
                  "LatencyP95Millis")
              .map(Redis::from)
              .orElse(null);
      AgentMXBean agent = beans.read(ObjectNames.AGENT, AgentMXBean.class, "Errors");
      return new Tiers(
          memory.getHits(),
          memory.getMisses(),
          memory.getEvictions(),
          memory.getMemoryUsageBytes(),
          memory.getEntries(),
          redis,
          agent.getErrors() + (redis == null ? 0 : redis.errors()));
    }
  }

  /** Its Redis. */
  record Redis(long hits, long misses, long errors, @Nullable Double p95Ms) {
    private static Redis from(RedisTierMXBean bean) {
      return new Redis(
          bean.getHits(), bean.getMisses(), bean.getErrors(), bean.getLatencyP95Millis());
    }
  }

  /** Reads it with every endpoint, one round trip a bean. */
  static Sample from(AgentBeans beans, boolean merging, InstantSource clock)
      throws IOException, JMException {
    return from(beans, EndpointsReading.ofAll(beans, merging), SystemReading.from(beans), clock);
  }

  /** Reads what is not read yet. */
  static Sample from(
      AgentBeans beans, EndpointsReading endpoints, SystemReading system, InstantSource clock)
      throws IOException, JMException {
    return new Sample(clock.millis(), endpoints, system, Tiers.from(beans));
  }
}
