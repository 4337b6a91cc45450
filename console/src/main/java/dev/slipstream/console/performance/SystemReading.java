package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.MetricTrend;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.UUID;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway says of its process and host.
 *
 * @param host the host's name, which several gateways may have in common; one of its own where the
 *     JVM does not say
 * @param cpuPercent use of processors to judge by
 * @param memoryPercent use of memory to judge by
 * @param processors those that the process may use
 * @param heapMaxBytes the most its heap may be
 * @param diskPercent use of the working directory's file system
 * @param sentPerSecond bytes sent in a second, by all interfaces of the host
 * @param receivedPerSecond bytes received likewise
 */
public record SystemReading(
    String host,
    @Nullable Double cpuPercent,
    @Nullable Double memoryPercent,
    @Nullable Double processors,
    @Nullable Long heapMaxBytes,
    @Nullable Double diskPercent,
    @Nullable Double sentPerSecond,
    @Nullable Double receivedPerSecond) {

  /**
   * Where it is going.
   *
   * @param cpu percentage points a minute
   * @param memory percentage points a minute
   * @param p95 milliseconds a minute
   */
  public record Trends(
      @Nullable MetricTrend cpu, @Nullable MetricTrend memory, @Nullable MetricTrend p95) {

    static Trends from(AgentBeans beans) throws JMException {
      SystemMXBean system = beans.operations(ObjectNames.SYSTEM, SystemMXBean.class);
      return new Trends(
          system.trend("cpu"), system.trend("memory"), system.trend("response_time_p95"));
    }
  }

  /** Reads it. */
  public static SystemReading from(AgentBeans beans) throws IOException, JMException {
    SystemMXBean system = beans.read(ObjectNames.SYSTEM, SystemMXBean.class);
    return new SystemReading(
        host(beans),
        system.getCpuPercent(),
        system.getMemoryPercent(),
        system.getAllowedProcessors(),
        system.getHeapMaxBytes(),
        percent(system.getDiskUsedBytes(), system.getDiskTotalBytes()),
        system.getNetworkSentBytesPerSecond(),
        system.getNetworkReceivedBytesPerSecond());
  }

  /** A JVM is called {@code pid@host}. */
  private static String host(AgentBeans beans) throws IOException, JMException {
    String name =
        beans
            .readIfPresent(ManagementFactory.RUNTIME_MXBEAN_NAME, RuntimeMXBean.class, "Name")
            .map(RuntimeMXBean::getName)
            .orElse("");
    int at = name.indexOf('@');
    return at < 0 ? UUID.randomUUID().toString() : name.substring(at + 1);
  }

  private static @Nullable Double percent(@Nullable Long used, @Nullable Long total) {
    return used == null || total == null || total == 0
        ? null
        : Double.valueOf(100.0 * used / total);
  }
}
