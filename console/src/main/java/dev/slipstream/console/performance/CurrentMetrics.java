package dev.slipstream.console.performance;

import dev.slipstream.console.merge.Weighted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured now; response times and shares are of the last minute.
 *
 * @param cpuPercent use of processors, weighted by how many each gateway may use
 * @param memoryPercent use of memory, weighted by the size of each heap
 * @param errorRate share of exchanges that failed, 0 to 1
 * @param cacheHitRate hits of hits and misses, 0 to 1
 */
public record CurrentMetrics(
    @Nullable Double cpuPercent,
    @Nullable Double memoryPercent,
    @Nullable Double responseTimeAvgMs,
    @Nullable Double responseTimeP95Ms,
    @Nullable Double errorRate,
    @Nullable Double cacheHitRate) {

  static CurrentMetrics of(List<SystemReading> systems, EndpointFigures total) {
    return new CurrentMetrics(
        cpu(systems),
        memory(systems),
        total.meanMs(),
        total.p95Ms(),
        total.errorRate(),
        total.hitRate());
  }

  /** Use of processors by all, in percent. */
  public static @Nullable Double cpu(List<SystemReading> systems) {
    return Weighted.mean(systems, SystemReading::cpuPercent, SystemReading::processors);
  }

  /** Use of memory by all, in percent. */
  public static @Nullable Double memory(List<SystemReading> systems) {
    return Weighted.mean(systems, SystemReading::memoryPercent, SystemReading::heapMaxBytes);
  }
}
