package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.SystemMXBean;
import org.jspecify.annotations.Nullable;

/** What a gateway's process, container and host use. */
final class SystemMetrics {
  private SystemMetrics() {}

  static void add(TargetFamilies to, SystemMXBean system) {
    to.share(
        "cpu_ratio",
        "Use of processors to judge by, 0 to 1: of the container's quota, else of the host",
        system.getCpuPercent());
    to.share(
        "process_cpu_ratio",
        "Use of the processors that the process may use, by the process, 0 to 1",
        system.getProcessCpuPercent());
    to.gauge("allowed_processors", "Processors the process may use", system.getAllowedProcessors());
    to.share(
        "memory_ratio",
        "Heap after collection or the container's memory over its limit, the higher, 0 to 1; outside"
            + " a container none before the first collection of what lives long",
        system.getMemoryPercent());
    to.gauge("heap_used_bytes", "Heap in use, garbage included", system.getHeapUsedBytes());
    to.gauge(
        "heap_after_collection_bytes",
        "Heap in use after collection; none before the first of what lives long",
        system.getHeapAfterCollectionBytes());
    to.gauge("heap_max_bytes", "The most the heap may be", system.getHeapMaxBytes());
    String container = "Memory the container holds; none outside a container";
    to.gauge("container_memory_used_bytes", container, system.getContainerMemoryUsedBytes());
    to.gauge(
        "container_memory_limit_bytes",
        "Memory the container may use; none without a limit",
        system.getContainerMemoryLimitBytes());
    String stopped = "Time stopped to collect garbage as a share of all time, 0 to 1";
    to.share("gc_pause_ratio", stopped, system.getGcPausePercent());
    to.share(
        "gc_concurrent_ratio",
        "Time a collector worked beside the application as a share of all time; none where no"
            + " collector says so",
        system.getGcConcurrentPercent());
    to.time(
        "gc_longest_pause_seconds",
        "The longest stop to collect garbage since the sample before",
        system.getLongestGcPauseMillis());
    to.gauge("threads", "Live threads", system.getThreads());
    addFiles(to, system.getOpenFileDescriptors(), system.getMaxFileDescriptors());
  }

  private static void addFiles(TargetFamilies to, @Nullable Long open, @Nullable Long most) {
    to.gauge("open_files", "Open files and sockets", open);
    to.gauge("max_open_files", "The most files and sockets that may be open", most);
  }
}
