package dev.slipstream.engine.monitor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What measures the system. Its samples are differences to the one before: one thread takes them,
 * any may read the latest.
 */
public final class SystemMonitor implements AutoCloseable {
  private final LongSupplier nanoTicker;
  private final OperatingSystemMXBean system;
  private final @Nullable FileDescriptors descriptors;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ControlGroup group = ControlGroup.own();
  private final HeapPools pools = new HeapPools(ManagementFactory.getMemoryPoolMXBeans());
  private final G1Remainder remainder = G1Remainder.ofThisJvm();
  private final GcWatch collectors =
      new GcWatch(ManagementFactory.getGarbageCollectorMXBeans(), remainder::collected);
  private final File workingDirectory = new File("").getAbsoluteFile();
  private final boolean preTouched = HeapPools.arePreTouched();
  private final Host host;
  private final History history = new History();
  private volatile @Nullable SystemSample latest;
  private @Nullable Totals before;
  private long greatestHeapBytes;
  private volatile boolean closed;

  private record Totals(
      long nanos,
      @Nullable Long processNanos,
      @Nullable Long containerNanos,
      @Nullable Long receivedBytes,
      @Nullable Long sentBytes) {}

  /**
   * Makes one that measures from its first sample on.
   *
   * @param nanoTicker the time in nanoseconds, from any origin
   */
  public SystemMonitor(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
    this.system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    this.descriptors =
        system instanceof UnixOperatingSystemMXBean unix
            ? new FileDescriptors(unix, System::nanoTime)
            : null;
    ProcHost proc = new ProcHost(Path.of("/"));
    this.host = proc.isThere() ? proc : new JdkHost(system);
  }

  /** The sample taken last; null before the first. */
  public @Nullable SystemSample latest() {
    return latest;
  }

  /** The last day of all metrics. */
  public History history() {
    return history;
  }

  /** Takes a sample. */
  public synchronized SystemSample sample(Instant now) {
    if (before == null && !closed) {
      collectors.start();
      if (closed) {
        collectors.close();
      }
    }
    Host.Reading reading = host.read();
    long processNanos = system.getProcessCpuTime(); // negative where unknown
    Totals totals =
        new Totals(
            nanoTicker.getAsLong(),
            processNanos < 0 ? null : (Long) processNanos,
            group.cpuNanos(),
            reading.receivedBytes(),
            reading.sentBytes());
    Totals was = before;
    before = totals;
    SystemSample sample =
        new SystemSample(
            now,
            cpu(reading, was, totals),
            memory(reading),
            heap(),
            collectors.since(totals.nanos),
            jvm(),
            disk(),
            was == null
                ? new SystemSample.Network(null, null)
                : new SystemSample.Network(
                    perSecond(was, totals, was.receivedBytes, totals.receivedBytes),
                    perSecond(was, totals, was.sentBytes, totals.sentBytes)));
    history.record(sample);
    latest = sample;
    return sample;
  }

  private SystemSample.Cpu cpu(Host.Reading reading, @Nullable Totals was, Totals is) {
    Double quota = group.cpuQuota();
    int processors = Runtime.getRuntime().availableProcessors();
    double allowed = quota == null ? processors : Math.min(quota, processors);
    return new SystemSample.Cpu(
        reading.cpuPercent(),
        was == null || quota == null
            ? null
            : share(was, is, was.containerNanos, is.containerNanos, quota),
        was == null ? null : share(was, is, was.processNanos, is.processNanos, allowed),
        allowed);
  }

  /** Processor time over what it could have been; the clocks differ a little. */
  private static @Nullable Double share(
      Totals was, Totals is, @Nullable Long from, @Nullable Long to, double cpus) {
    Double perSecond = perSecond(was, is, from, to);
    return perSecond == null
        ? null
        : (Double) Math.max(0, Math.min(100, 100 * perSecond / 1e9 / cpus));
  }

  private static @Nullable Double perSecond(
      Totals was, Totals is, @Nullable Long from, @Nullable Long to) {
    return from == null || to == null || to < from || is.nanos <= was.nanos
        ? null
        : (Double) ((to - from) * 1e9 / (is.nanos - was.nanos));
  }

  private SystemSample.Memory memory(Host.Reading reading) {
    Long limit = group.memoryLimitBytes();
    return new SystemSample.Memory(
        reading.memoryUsedBytes(),
        reading.memoryTotalBytes(),
        limit == null ? null : group.memoryUsedBytes(),
        limit);
  }

  /** The heap as it is now. */
  public SystemSample.Heap heap() {
    Runtime runtime = Runtime.getRuntime();
    long committed = runtime.totalMemory();
    long used = committed - runtime.freeMemory();
    greatestHeapBytes = Math.max(greatestHeapBytes, used);
    return new SystemSample.Heap(
        used,
        pools.afterCollectionBytes(),
        remainder.bytes(runtime.maxMemory()),
        runtime.maxMemory(),
        preTouched ? committed : Math.min(committed, greatestHeapBytes));
  }

  private SystemSample.Jvm jvm() {
    return new SystemSample.Jvm(
        threads.getThreadCount(),
        descriptors == null ? null : (Long) descriptors.count(),
        system instanceof UnixOperatingSystemMXBean unix
            ? (Long) unix.getMaxFileDescriptorCount()
            : null);
  }

  private SystemSample.Disk disk() {
    long total = workingDirectory.getTotalSpace(); // 0 where unknown
    return total <= 0
        ? new SystemSample.Disk(null, null)
        : new SystemSample.Disk(total - workingDirectory.getUsableSpace(), total);
  }

  /** Stops to listen to the collectors; does not wait for a sample that a file system holds up. */
  @Override
  public void close() {
    closed = true;
    collectors.close();
  }
}
