package dev.slipstream.engine.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that keeps more and more until it sees that its heap is short, and writes what it saw
 * then: percent of memory, and of the heap after collection.
 */
final class FillingHeap {
  private static final int BLOCK = 16 << 10;
  private static final int MOST_PERCENT = 93;
  private static final int QUICK_BLOCKS = (140 << 20) / BLOCK;
  private static final long SLOW_NANOS = 30_000_000; // for each megabyte

  private FillingHeap() {}

  /**
   * Runs it.
   *
   * @param arguments the file to write to
   */
  public static void main(String[] arguments) throws IOException {
    try (SystemMonitor monitor = new SystemMonitor(System::nanoTime)) {
      SystemSample sample = monitor.sample(Instant.now());
      List<byte[]> kept = new ArrayList<>();
      long most = Runtime.getRuntime().maxMemory() / 100 * MOST_PERCENT / BLOCK;
      while (sample.heap().shortBytes() == null && kept.size() < most) {
        for (int i = 0; i < 64; i++) {
          kept.add(new byte[BLOCK]);
        }
        if (kept.size() > QUICK_BLOCKS) {
          LockSupport.parkNanos(SLOW_NANOS);
        }
        sample = sample.withHeap(monitor.heap());
      }
      Files.writeString(
          Path.of(arguments[0]),
          sample.memoryPercent() + " " + sample.heapAfterCollectionPercent());
    }
  }
}
