package dev.slipstream.engine.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that keeps so many megabytes alive, makes garbage, and writes what was sampled.
 *
 * <p>At last it makes garbage more slowly: what is made while a collector works beside it counts as
 * left by the collection.
 */
final class LiveHeap {
  private static final int BLOCK = 16 << 10;
  private static final long GARBAGE_BYTES = 3L << 29;
  private static final long CALM_BYTES = 300L << 20;
  private static final long CALM_NANOS = 3_000_000; // for each megabyte

  private static volatile byte[] garbage = new byte[0];
  private static int timesShort;
  private static volatile byte[][] alive = new byte[0][0];

  private LiveHeap() {}

  /**
   * Runs it.
   *
   * @param arguments megabytes to keep alive, and the file to write to
   */
  public static void main(String[] arguments) throws IOException {
    try (SystemMonitor monitor = new SystemMonitor(System::nanoTime)) {
      SystemSample first = monitor.sample(Instant.now());
      int count = (Integer.parseInt(arguments[0]) << 20) / BLOCK;
      alive = new byte[count][BLOCK];
      Random random = new Random(1);
      for (long made = 0; made < GARBAGE_BYTES; made += BLOCK) {
        garbage = new byte[BLOCK];
        looks(monitor, made);
        if (random.nextInt(5) == 0) {
          alive[random.nextInt(count)] = garbage; // the old die, too
        }
      }
      for (long made = 0; made < CALM_BYTES; made += BLOCK) {
        garbage = new byte[BLOCK];
        looks(monitor, made);
        if (made % (1 << 20) == 0) {
          LockSupport.parkNanos(CALM_NANOS);
        }
      }
      SystemSample sample = monitor.sample(Instant.now());
      Files.writeString(
          Path.of(arguments[1]),
          String.join(
              " ",
              List.of(
                  String.valueOf(first.heap().afterCollectionBytes()),
                  String.valueOf(sample.heap().afterCollectionBytes()),
                  String.valueOf(sample.gc().pausePercent()),
                  String.valueOf(sample.gc().concurrentPercent()),
                  String.valueOf(sample.gc().pauses()),
                  String.valueOf(sample.gc().longestPauseMillis()),
                  String.valueOf(timesShort))));
    }
  }

  private static void looks(SystemMonitor monitor, long made) {
    if (made % (1 << 20) == 0 && monitor.heap().shortBytes() != null) {
      timesShort++;
    }
  }
}
