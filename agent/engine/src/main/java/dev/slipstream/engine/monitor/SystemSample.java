package dev.slipstream.engine.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the process, its container and its host used at one time. What was not measured is null:
 * never zero, never a guess.
 *
 * @param at when it was taken
 * @param cpu processors
 * @param memory memory of host and container
 * @param heap the JVM's heap
 * @param gc garbage collection since the sample before
 * @param jvm threads and file descriptors
 * @param disk the file system of the working directory
 * @param network all interfaces but loopback
 */
public record SystemSample(
    Instant at, Cpu cpu, Memory memory, Heap heap, Gc gc, Jvm jvm, Disk disk, Network network) {

  /** With less than that of the processors, this process is not what keeps a host busy. */
  private static final double SUBSTANTIAL_PERCENT = 30;

  /**
   * Processor use since the sample before.
   *
   * @param hostPercent of all processors of the host, 0 to 100
   * @param containerPercent of the container's quota, by all in it, 0 to 100; null where there is
   *     no quota
   * @param processPercent of the processors this process may use, by this process, 0 to 100
   * @param allowedCpus processors this process may use: the container's quota, as 0.5, or all
   */
  public record Cpu(
      @Nullable Double hostPercent,
      @Nullable Double containerPercent,
      @Nullable Double processPercent,
      double allowedCpus) {

    /** See {@link SystemSample#cpuPercent}. */
    @Nullable Double judged() {
      if (containerPercent != null) {
        return containerPercent;
      }
      boolean others = processPercent != null && processPercent <= SUBSTANTIAL_PERCENT;
      return others && hostPercent != null ? processPercent : hostPercent;
    }
  }

  /**
   * Memory outside the JVM's own account.
   *
   * @param hostUsedBytes what the host could not give to a new process
   * @param hostTotalBytes the host's memory
   * @param containerUsedBytes what the container's processes hold, without the file cache that the
   *     kernel can take back at once
   * @param containerLimitBytes what the container may use; null where it has no limit
   */
  public record Memory(
      @Nullable Long hostUsedBytes,
      @Nullable Long hostTotalBytes,
      @Nullable Long containerUsedBytes,
      @Nullable Long containerLimitBytes) {}

  /**
   * The heap.
   *
   * @param usedBytes used now, garbage included
   * @param afterCollectionBytes used after each part of the heap was last collected; null before
   *     the first collection of what lives long
   * @param shortBytes used after the last collection of any kind, garbage in parts that were not
   *     collected included; known under G1 alone, and only where the heap is short anyway
   * @param maxBytes the most it may be
   * @param touchedBytes what the process holds for it at least, whether that is in use or not
   */
  public record Heap(
      long usedBytes,
      @Nullable Long afterCollectionBytes,
      @Nullable Long shortBytes,
      long maxBytes,
      long touchedBytes) {

    /** What is held and free, or would be after a collection. */
    long emptyBytes() {
      long inUse = afterCollectionBytes == null ? usedBytes : afterCollectionBytes;
      return Math.max(0, touchedBytes - inUse);
    }
  }

  /**
   * Garbage collection since the sample before; null in the first.
   *
   * @param pausePercent share of the time in which the application was stopped for it, 0 to 100
   * @param concurrentPercent share of the time in which a collector worked beside the application,
   *     0 to 100; null where none does, or does not say
   * @param pauses how often the application was stopped
   * @param longestPauseMillis the longest of these stops, in milliseconds; 0 where there was none
   */
  public record Gc(
      @Nullable Double pausePercent,
      @Nullable Double concurrentPercent,
      @Nullable Long pauses,
      @Nullable Long longestPauseMillis) {}

  /**
   * This process.
   *
   * @param threads live threads of the JVM, daemons included
   * @param openFileDescriptors open files and sockets; null on Windows
   * @param maxFileDescriptors the most it may open; null on Windows
   */
  public record Jvm(
      int threads, @Nullable Long openFileDescriptors, @Nullable Long maxFileDescriptors) {}

  /**
   * The file system of the working directory.
   *
   * @param usedBytes what is not left for this process
   * @param totalBytes its size
   */
  public record Disk(@Nullable Long usedBytes, @Nullable Long totalBytes) {}

  /**
   * Network traffic since the sample before, of all interfaces but loopback; null in the first.
   *
   * @param receivedBytesPerSecond bytes received in a second
   * @param sentBytesPerSecond bytes sent in a second
   */
  public record Network(
      @Nullable Double receivedBytesPerSecond, @Nullable Double sentBytesPerSecond) {}

  /**
   * The processor use to judge by, 0 to 100: that of the container's quota where there is one, else
   * that of the host; of a host that others keep busy only this process's part.
   */
  public @Nullable Double cpuPercent() {
    return cpu.judged();
  }

  /** The same with the heap as it was measured later. */
  public SystemSample withHeap(Heap later) {
    return new SystemSample(at, cpu, memory, later, gc, jvm, disk, network);
  }

  /**
   * The memory use to judge by, 0 to 100: heap after collection over its maximum, where G1 has
   * little room left what it holds after any collection, or the container's use over its limit,
   * whichever is higher. What the heap holds of the container's and has free is not in use: the JVM
   * need not ask for it again.
   */
  public @Nullable Double memoryPercent() {
    Long used = memory.containerUsedBytes;
    Double container =
        used == null
            ? null
            : percent(Math.max(0, used - heap.emptyBytes()), memory.containerLimitBytes);
    return higher(
        higher(heapAfterCollectionPercent(), percent(heap.shortBytes, heap.maxBytes)), container);
  }

  /** Heap after collection over its maximum, 0 to 100. */
  public @Nullable Double heapAfterCollectionPercent() {
    return percent(heap.afterCollectionBytes, heap.maxBytes);
  }

  /** The container's memory use over its limit, 0 to 100; null where there is no limit. */
  public @Nullable Double containerMemoryPercent() {
    return percent(memory.containerUsedBytes, memory.containerLimitBytes);
  }

  /** The host's memory in use, 0 to 100. */
  public @Nullable Double hostMemoryPercent() {
    return percent(memory.hostUsedBytes, memory.hostTotalBytes);
  }

  /** The file system's use, 0 to 100. */
  public @Nullable Double diskPercent() {
    return percent(disk.usedBytes, disk.totalBytes);
  }

  /** File descriptors in use, 0 to 100. */
  public @Nullable Double fileDescriptorPercent() {
    return percent(jvm.openFileDescriptors, jvm.maxFileDescriptors);
  }

  private static @Nullable Double percent(@Nullable Long used, @Nullable Long of) {
    return used == null || of == null || of <= 0 ? null : 100.0 * used / of;
  }

  private static @Nullable Double higher(@Nullable Double a, @Nullable Double b) {
    return a == null ? b : b == null ? a : (Double) Math.max(a, b);
  }
}
