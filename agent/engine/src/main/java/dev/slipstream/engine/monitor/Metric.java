package dev.slipstream.engine.monitor;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the history keeps: of the system, read from each sample, and of the gateway as a whole. */
public enum Metric {
  /** Use of processors to judge by: the container's quota, or the host. */
  CPU("percent", SystemSample::cpuPercent),
  /** Use of all processors of the host. */
  HOST_CPU("percent", sample -> sample.cpu().hostPercent()),
  /** Use of the container's quota of processors. */
  CONTAINER_CPU("percent", sample -> sample.cpu().containerPercent()),
  /** Use of the processors this process may use, by this process. */
  PROCESS_CPU("percent", sample -> sample.cpu().processPercent()),
  /** The host's memory in use. */
  HOST_MEMORY("percent", SystemSample::hostMemoryPercent),
  /** The container's memory use over its limit. */
  CONTAINER_MEMORY("percent", SystemSample::containerMemoryPercent),
  /** Heap in use, garbage included. */
  HEAP_USED("bytes", sample -> (double) sample.heap().usedBytes()),
  /** Heap after collection over its maximum. */
  HEAP_AFTER_COLLECTION("percent", SystemSample::heapAfterCollectionPercent),
  /** See {@link SystemSample#memoryPercent}. */
  MEMORY("percent", SystemSample::memoryPercent),
  /** Share of the time in which the application was stopped to collect garbage. */
  GC_PAUSES("percent", sample -> sample.gc().pausePercent()),
  /** Share of the time in which a collector worked beside the application. */
  GC_CONCURRENT("percent", sample -> sample.gc().concurrentPercent()),
  /** The longest of these stops. */
  LONGEST_GC_PAUSE("milliseconds", sample -> number(sample.gc().longestPauseMillis())),
  /** Live threads. */
  THREADS("threads", sample -> (double) sample.jvm().threads()),
  /** Open files and sockets. */
  FILE_DESCRIPTORS("descriptors", sample -> number(sample.jvm().openFileDescriptors())),
  /** Use of the file system of the working directory. */
  DISK("percent", SystemSample::diskPercent),
  /** What the network brought. */
  NETWORK_RECEIVED("bytes per second", sample -> sample.network().receivedBytesPerSecond()),
  /** What it took. */
  NETWORK_SENT("bytes per second", sample -> sample.network().sentBytesPerSecond()),
  /** Exchanges of all endpoints. */
  REQUEST_RATE("requests per second"),
  /** Time that 95 of 100 exchanges took at most. */
  RESPONSE_TIME_P95("milliseconds"),
  /** Exchanges that failed. */
  ERROR_RATE("percent"),
  /** Hits of hits and misses. */
  HIT_RATE("percent"),
  /** Size of the tier in this process over its maximum. */
  L1_MEMORY("percent");

  private final String unit;

  @SuppressWarnings("ImmutableEnumChecker") // none of the functions has a state
  private final Function<SystemSample, @Nullable Double> reading;

  Metric(String unit) {
    this(unit, sample -> null);
  }

  Metric(String unit, Function<SystemSample, @Nullable Double> reading) {
    this.unit = unit;
    this.reading = reading;
  }

  /** The one of a name, in any case, with {@code -} or {@code _}; null where there is none. */
  public static @Nullable Metric named(String name) {
    String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
    for (Metric metric : values()) {
      if (metric.name().equals(constant)) {
        return metric;
      }
    }
    return null;
  }

  /** Its name, as {@code host_cpu}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What its numbers count. */
  public String unit() {
    return unit;
  }

  @Nullable Double in(SystemSample sample) {
    return reading.apply(sample);
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : (Double) (double) value;
  }
}
