package dev.slipstream.engine.monitor;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The host as far as the JDK knows it. The JDK speaks of the container where it is in one; then it
 * does not know the host.
 */
final class JdkHost implements Host {
  private final OperatingSystemMXBean system;
  private final ControlGroup group;

  JdkHost(OperatingSystemMXBean system, ControlGroup group) {
    this.system = system;
    this.group = group;
  }

  @Override
  public Reading read() {
    boolean memory = group.memoryLimitBytes() == null;
    long total = system.getTotalMemorySize();
    return new Reading(
        group.cpuQuota() == null ? load() : null,
        memory ? total - system.getFreeMemorySize() : null,
        memory ? total : null,
        null,
        null);
  }

  private @Nullable Double load() {
    double load = system.getCpuLoad(); // negative where unknown
    return load >= 0 ? (Double) (100 * load) : null;
  }
}
