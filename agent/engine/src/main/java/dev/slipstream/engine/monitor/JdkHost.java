package dev.slipstream.engine.monitor;

import com.sun.management.OperatingSystemMXBean;

/** The host as the JDK knows it: where there is no {@code /proc}. It knows no network. */
final class JdkHost implements Host {
  private final OperatingSystemMXBean system;

  JdkHost(OperatingSystemMXBean system) {
    this.system = system;
  }

  @Override
  public Reading read() {
    double load = system.getCpuLoad(); // negative where unknown
    long total = system.getTotalMemorySize();
    return new Reading(
        load >= 0 ? (Double) (100 * load) : null,
        total - system.getFreeMemorySize(),
        total,
        null,
        null);
  }
}
