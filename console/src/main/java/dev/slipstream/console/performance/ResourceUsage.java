package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.MetricTrend;
import dev.slipstream.console.merge.Sums;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What gateways use, and where that is going.
 *
 * @param memoryUsageTrend rising, falling or steady, or mixed where gateways differ; null while
 *     data are thin
 * @param cpuUsageTrend likewise
 * @param diskUsagePercent use of the fullest file system
 * @param networkIo of all interfaces of their hosts but loopback, each host once
 */
public record ResourceUsage(
    @Nullable String memoryUsageTrend,
    @Nullable String cpuUsageTrend,
    @Nullable Double diskUsagePercent,
    NetworkIo networkIo) {

  /** Bytes a second; null where it is not known. */
  public record NetworkIo(@Nullable Double bytesSentPerSec, @Nullable Double bytesRecvPerSec) {}

  static ResourceUsage of(List<SystemReading> systems, List<SystemReading.Trends> trends) {
    Map<String, SystemReading> byHost = new LinkedHashMap<>();
    systems.forEach(system -> byHost.putIfAbsent(system.host(), system));
    Collection<SystemReading> hosts = byHost.values();
    return new ResourceUsage(
        direction(trends, SystemReading.Trends::memory),
        direction(trends, SystemReading.Trends::cpu),
        Sums.greatest(systems, SystemReading::diskPercent),
        new NetworkIo(
            Sums.known(hosts, SystemReading::sentPerSecond),
            Sums.known(hosts, SystemReading::receivedPerSecond)));
  }

  private static @Nullable String direction(
      List<SystemReading.Trends> trends,
      Function<SystemReading.Trends, @Nullable MetricTrend> which) {
    Set<String> directions =
        trends.stream()
            .map(which)
            .filter(Objects::nonNull)
            .map(ResourceUsage::direction)
            .collect(Collectors.toSet());
    return Sums.common(directions);
  }

  /** It has a direction where that is so with 95 % confidence. */
  private static String direction(MetricTrend trend) {
    if (trend.lowPerMinute() > 0) {
      return "rising";
    }
    return trend.highPerMinute() < 0 ? "falling" : "steady";
  }
}
