package dev.slipstream.config.jmx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the process, its container and its host use; what was not measured is absent. */
@Description(
    "Use of processors, memory, garbage collection, disk and network, as of the last sample")
public interface SystemMXBean {
  @Description("When the last sample was taken, in milliseconds since 1970; absent before it")
  @Nullable Long getSampledAtMillis();

  @Description(
      "Use of processors to judge by: of the container's quota, else of the host; of a host that"
          + " others keep busy only this process's part, in percent")
  @Nullable Double getCpuPercent();

  @Description("Use of all processors of the host since the sample before, in percent")
  @Nullable Double getHostCpuPercent();

  @Description("Use of the container's processor quota, in percent; absent without a quota")
  @Nullable Double getContainerCpuPercent();

  @Description("Use of the processors this process may use, by this process, in percent")
  @Nullable Double getProcessCpuPercent();

  @Description("Processors this process may use: the container's quota, or all")
  @Nullable Double getAllowedProcessors();

  @Description("What the host could not give to a new process, in bytes")
  @Nullable Long getHostMemoryUsedBytes();

  @Description("Memory of the host, in bytes")
  @Nullable Long getHostMemoryTotalBytes();

  @Description("Memory the container holds, idle file cache left out, in bytes")
  @Nullable Long getContainerMemoryUsedBytes();

  @Description("Memory the container may use, in bytes; absent without a limit")
  @Nullable Long getContainerMemoryLimitBytes();

  @Description(
      "Heap after collection over its maximum, under G1 over 80 % what it holds after any"
          + " collection at most, or the container's use over its limit, whichever is higher, in"
          + " percent")
  @Nullable Double getMemoryPercent();

  @Description("Heap in use, garbage included, in bytes")
  @Nullable Long getHeapUsedBytes();

  @Description(
      "Heap in use after each part of it was last collected, in bytes; absent before the first"
          + " collection of what lives long (under G1 a mixed or full one)")
  @Nullable Long getHeapAfterCollectionBytes();

  @Description("The most the heap may be, in bytes")
  @Nullable Long getHeapMaxBytes();

  @Description("Time the application was stopped to collect garbage, in percent of all time")
  @Nullable Double getGcPausePercent();

  @Description(
      "Time a collector worked beside the application, in percent of all time; absent where none"
          + " says so")
  @Nullable Double getGcConcurrentPercent();

  @Description("Stops to collect garbage since the sample before")
  @Nullable Long getGcPauses();

  @Description("The longest of these stops, in milliseconds")
  @Nullable Long getLongestGcPauseMillis();

  @Description("Live threads of the JVM")
  @Nullable Integer getThreads();

  @Description("Open files and sockets")
  @Nullable Long getOpenFileDescriptors();

  @Description("The most files and sockets that may be open")
  @Nullable Long getMaxFileDescriptors();

  @Description("What is not left of the working directory's file system, in bytes")
  @Nullable Long getDiskUsedBytes();

  @Description("Size of the working directory's file system, in bytes")
  @Nullable Long getDiskTotalBytes();

  @Description("Bytes received in a second, of all interfaces but loopback")
  @Nullable Double getNetworkReceivedBytesPerSecond();

  @Description("Bytes sent in a second, of all interfaces but loopback")
  @Nullable Double getNetworkSentBytesPerSecond();

  @Description("Metrics that have a history, each with its unit in parentheses")
  List<String> getMetrics();

  @Description(
      "Means and maxima of a metric over the last seconds: each second for 10 min, each 10 s for 2"
          + " h, each minute for 24 h; times without a value are left out")
  @Impact(Impact.Kind.INFO)
  MetricHistory history(
      @Description(name = "metric", value = "One of Metrics, such as host_cpu") String metric,
      @Description(name = "seconds", value = "For how many seconds until now") int seconds);

  @Description(
      "Slope of a metric over the last 15 min, in its unit a minute; absent where data are thin")
  @Impact(Impact.Kind.INFO)
  @Nullable MetricTrend trend(
      @Description(name = "metric", value = "One of Metrics, such as host_cpu") String metric);

  @Description(
      "Minutes until a metric reaches a level, if it goes on as in the last 15 min; absent where"
          + " that is not likely, or more than an hour away")
  @Impact(Impact.Kind.INFO)
  @Nullable Double minutesUntil(
      @Description(name = "metric", value = "One of Metrics, such as host_cpu") String metric,
      @Description(name = "level", value = "The level, in the metric's unit") double level);
}
