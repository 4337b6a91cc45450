package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.CodecMXBean;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.MetricHistory;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.console.merge.RedisServer;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.Arrays;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway says that targets are set for.
 *
 * @param cpu use of processors over the last hour
 * @param memory use of memory over the last hour
 * @param triggered activations that began in the last hour
 */
record KpiReading(
    Counts counts,
    @Nullable Redis redis,
    long encodedIn,
    long encodedOut,
    Use cpu,
    Use memory,
    @Nullable Double processors,
    @Nullable Long heapMaxBytes,
    @Nullable Double score,
    int triggered,
    long emergencyMillis,
    long uptimeMillis,
    EndpointsReading endpoints) {
  private static final int HOUR_SECONDS = 3_600;

  /** What was counted since the start; {@code meanMillis} is that of an exchange. */
  record Counts(
      long hits,
      long misses,
      long requests,
      @Nullable Double meanMillis,
      long l1Hits,
      long l1Misses,
      long l1Bytes,
      long l1Evictions,
      long l1Puts) {}

  /** Redis; {@code memoryBytes} is that of the servers, whatever is on them. */
  record Redis(
      String server, long hits, long misses, @Nullable Long memoryBytes, @Nullable Double p95Ms) {}

  /** Mean and peak over a time, in percent; null where nothing was measured. */
  record Use(@Nullable Double mean, @Nullable Double peak) {
    private static Use of(MetricHistory history) {
      return history.means().length == 0
          ? new Use(null, null)
          : new Use(
              Arrays.stream(history.means()).average().getAsDouble(),
              Arrays.stream(history.maxima()).max().getAsDouble());
    }
  }

  /** Reads it, one round trip a bean and a history. */
  static KpiReading from(AgentBeans beans, boolean merging) throws IOException, JMException {
    CodecMXBean codec =
        beans
            .readIfPresent(
                ObjectNames.CODEC, CodecMXBean.class, "EncodedBytesIn", "EncodedBytesOut")
            .orElse(null);
    SystemMXBean histories = beans.operations(ObjectNames.SYSTEM, SystemMXBean.class);
    SystemReading system = SystemReading.from(beans);
    OptimizerMXBean optimizer =
        beans.read(
            ObjectNames.OPTIMIZER,
            OptimizerMXBean.class,
            "Score",
            "TriggeredLastHour",
            "EmergencyMillis");
    return new KpiReading(
        counts(beans),
        redis(beans),
        codec == null ? 0 : codec.getEncodedBytesIn(),
        codec == null ? 0 : codec.getEncodedBytesOut(),
        Use.of(histories.history("cpu", HOUR_SECONDS)),
        Use.of(histories.history("memory", HOUR_SECONDS)),
        system.processors(),
        system.heapMaxBytes(),
        optimizer.getScore(),
        optimizer.getTriggeredLastHour(),
        optimizer.getEmergencyMillis(),
        beans.read(ObjectNames.AGENT, AgentMXBean.class, "UptimeMillis").getUptimeMillis(),
        EndpointsReading.ofTotal(beans, merging));
  }

  private static Counts counts(AgentBeans beans) throws IOException, JMException {
    CacheMXBean cache = beans.read(ObjectNames.CACHE, CacheMXBean.class, "Hits", "Misses");
    HttpCacheMXBean http =
        beans.read(
            ObjectNames.HTTP_CACHE, HttpCacheMXBean.class, "Requests", "MeanResponseTimeMillis");
    MemoryTierMXBean memory = beans.read(ObjectNames.L1, MemoryTierMXBean.class);
    return new Counts(
        cache.getHits(),
        cache.getMisses(),
        http.getRequests(),
        http.getMeanResponseTimeMillis(),
        memory.getHits(),
        memory.getMisses(),
        memory.getMemoryUsageBytes(),
        memory.getEvictions(),
        memory.getPuts());
  }

  private static @Nullable Redis redis(AgentBeans beans) throws IOException, JMException {
    return beans
        .readIfPresent(
            ObjectNames.L2,
            RedisTierMXBean.class,
            "Server",
            "Hits",
            "Misses",
            "MemoryUsageBytes",
            "LatencyP95Millis")
        .map(
            bean ->
                new Redis(
                    RedisServer.addressOf(bean.getServer()),
                    bean.getHits(),
                    bean.getMisses(),
                    bean.getMemoryUsageBytes(),
                    bean.getLatencyP95Millis()))
        .orElse(null);
  }
}
