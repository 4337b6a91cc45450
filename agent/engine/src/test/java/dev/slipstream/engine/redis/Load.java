package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Threads that look an entry up again and again, as requests do, and time each look-up. */
final class Load implements AutoCloseable {
  private static final int THREADS = 8;
  private static final long PAUSE_NANOS = 500_000;

  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final RedisTier tier;
  private final String key;
  private long[] nanos = new long[1 << 16];
  private int count;
  private volatile boolean stopped;

  Load(RedisTier tier, String key) {
    this(tier, key, THREADS);
  }

  Load(RedisTier tier, String key, int count) {
    this.tier = tier;
    this.key = key;
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::run, "load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** What the look-ups took since the last time this was asked. */
  record Delays(int count, Duration p50, Duration p99, Duration max) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%7d look-ups, p50 %8.3f ms, p99 %8.3f ms, max %8.3f ms",
          count,
          p50.toNanos() / 1e6,
          p99.toNanos() / 1e6,
          max.toNanos() / 1e6);
    }
  }

  private void run() {
    try {
      while (!stopped) {
        long start = System.nanoTime();
        tier.get(key);
        record(System.nanoTime() - start);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (Throwable e) {
      synchronized (this) {
        failures.add(e);
      }
    }
  }

  private synchronized void record(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  synchronized int count() {
    return count;
  }

  synchronized Delays takeDelays() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    count = 0;
    return new Delays(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static Duration at(long[] sorted, double share) {
    int index = (int) Math.min(sorted.length - 1L, (long) (share * sorted.length));
    return Duration.ofNanos(index < 0 ? 0 : sorted[index]);
  }

  synchronized List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
