package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SystemMonitorTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private long nanos = TimeUnit.HOURS.toNanos(1);
  private final SystemMonitor monitor = new SystemMonitor(() -> nanos);

  @AfterEach
  void close() {
    monitor.close();
  }

  @Test
  void firstSample_knowsNoDifferences() {
    assertThat(monitor.latest()).isNull();

    SystemSample sample = monitor.sample(NOW);

    assertThat(monitor.latest()).isSameAs(sample);
    assertThat(sample.cpu().processPercent()).isNull();
    assertThat(sample.gc()).isEqualTo(new SystemSample.Gc(null, null, null, null));
    assertThat(sample.network()).isEqualTo(new SystemSample.Network(null, null));
    assertThat(sample.heap().usedBytes()).isPositive().isLessThan(sample.heap().maxBytes());
    assertThat(sample.jvm().threads()).isPositive();
    assertThat(sample.diskPercent()).isBetween(0.0, 100.0);
    assertThat(sample.hostMemoryPercent()).isBetween(1.0, 100.0);
  }

  @Test
  void sample_afterACollection_countsItAgainstTheTimeThatPassed() {
    monitor.sample(NOW);
    System.gc();
    nanos += TimeUnit.SECONDS.toNanos(100);

    SystemSample sample = monitor.sample(NOW.plusSeconds(100));

    assertThat(sample.gc().pauses()).isPositive();
    assertThat(sample.gc().longestPauseMillis()).isPositive();
    assertThat(sample.gc().pausePercent()).isBetween(0.001, 5.0);
    assertThat(sample.heapAfterCollectionPercent()).isBetween(0.0, 100.0);
    assertThat(sample.memoryPercent()).isNotNull();
  }

  @Test
  void sample_withoutACollection_hasNoPause() {
    System.gc();
    monitor.sample(NOW);
    nanos += TimeUnit.SECONDS.toNanos(1);

    SystemSample.Gc gc = monitor.sample(NOW.plusSeconds(1)).gc();

    assertThat(gc).isEqualTo(new SystemSample.Gc(0.0, gc.concurrentPercent(), 0L, 0L));
  }

  @Test
  void samples_ofTheSameNanosecond_divideByNothing() {
    monitor.sample(NOW);

    SystemSample sample = monitor.sample(NOW);

    assertThat(sample.cpu().processPercent()).isNull();
    assertThat(sample.gc().pausePercent()).isNull();
    assertThat(sample.network().sentBytesPerSecond()).isNull();
  }

  @Test
  void samples_makeAHistory() {
    monitor.sample(NOW);
    monitor.sample(NOW.plusSeconds(5));

    Series threads =
        monitor.history().series(Metric.THREADS, Duration.ofMinutes(1), NOW.plusSeconds(5));
    Series quota =
        monitor.history().series(Metric.HIT_RATE, Duration.ofMinutes(1), NOW.plusSeconds(5));

    assertThat(threads.size()).isEqualTo(2);
    assertThat(quota.size()).isZero();
  }

  @Test
  void figuresToJudgeBy_areTheQuotasOrTheHosts_andTheHigherMemory() {
    assertThat(sample(20.0, null, null, null).cpuPercent()).isEqualTo(20);
    assertThat(sample(null, null, null, null).cpuPercent()).isNull();
    assertThat(sample(20.0, 90.0, null, null).cpuPercent()).isEqualTo(90);
    assertThat(sample(99.0, 20.0, null, null).cpuPercent()).isEqualTo(20);
    assertThat(new SystemSample.Cpu(99.0, null, 30.0, 2).judged()).isEqualTo(30);
    assertThat(new SystemSample.Cpu(99.0, null, 31.0, 2).judged()).isEqualTo(99);
    assertThat(sample(20.0, null, 40L, null).memoryPercent()).isCloseTo(20, within(1e-9));
    assertThat(sample(20.0, null, 40L, 75L).memoryPercent()).isCloseTo(75, within(1e-9));
    assertThat(sample(20.0, null, null, 75L).memoryPercent()).isCloseTo(75, within(1e-9));
    assertThat(sample(20.0, null, null, null).memoryPercent()).isNull();
  }

  @Test
  void memory_whatTheHeapHoldsAndHasFree_isNotInUse() {
    SystemSample sample = sample(null, null, 10L, 90L); // of a container of 100
    assertThat(with(sample, new SystemSample.Heap(50, 10L, null, 200, 60)).memoryPercent())
        .isCloseTo(40, within(1e-9));
    assertThat(with(sample, new SystemSample.Heap(50, null, null, 200, 60)).memoryPercent())
        .as("garbage may be in use, as far as is known")
        .isCloseTo(80, within(1e-9));
    assertThat(with(sample, new SystemSample.Heap(50, 10L, null, 200, 60)).containerMemoryPercent())
        .isCloseTo(90, within(1e-9));
    assertThat(with(sample, new SystemSample.Heap(50, 150L, null, 200, 60)).memoryPercent())
        .isCloseTo(90, within(1e-9));
  }

  @Test
  void memory_whatG1LeavesWhereTheHeapIsShort_countsAsInUse() {
    SystemSample sample = sample(null, null, 10L, null);
    assertThat(with(sample, new SystemSample.Heap(190, 60L, 170L, 200, 200)).memoryPercent())
        .isCloseTo(85, within(1e-9));
    assertThat(with(sample, new SystemSample.Heap(190, null, 170L, 200, 200)).memoryPercent())
        .isCloseTo(85, within(1e-9));
    assertThat(
            with(sample, new SystemSample.Heap(190, 60L, 170L, 200, 200))
                .heapAfterCollectionPercent())
        .isCloseTo(30, within(1e-9));
  }

  private static SystemSample with(SystemSample sample, SystemSample.Heap heap) {
    return new SystemSample(
        NOW,
        sample.cpu(),
        sample.memory(),
        heap,
        sample.gc(),
        sample.jvm(),
        sample.disk(),
        sample.network());
  }

  @Test
  void sample_heap_isTouchedAsFarAsItWasUsed() {
    SystemSample.Heap heap = monitor.sample(NOW).heap();
    assertThat(heap.touchedBytes()).isEqualTo(heap.usedBytes());
    System.gc();
    assertThat(monitor.sample(NOW.plusSeconds(5)).heap().touchedBytes())
        .isBetween(1L, Runtime.getRuntime().maxMemory());
  }

  /** As a file system does that hangs while it is asked for its size. */
  @Test
  @Timeout(30)
  void close_whileASampleHangs_doesNotWait() throws InterruptedException {
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread hangs =
        new Thread(
            () -> {
              synchronized (monitor) {
                holds.countDown();
                try {
                  closed.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    hangs.setDaemon(true);
    hangs.start();
    holds.await();
    monitor.close();
    closed.countDown();
    hangs.join();
  }

  /** Of a heap of 200 bytes, and a container of 100. */
  private static SystemSample sample(Double host, Double container, Long heap, Long used) {
    return new SystemSample(
        NOW,
        new SystemSample.Cpu(host, container, null, 1),
        new SystemSample.Memory(null, null, used, used == null ? null : 100L),
        new SystemSample.Heap(0, heap, null, 200, 0),
        new SystemSample.Gc(null, null, null, null),
        new SystemSample.Jvm(1, null, null),
        new SystemSample.Disk(null, null),
        new SystemSample.Network(null, null));
  }
}
