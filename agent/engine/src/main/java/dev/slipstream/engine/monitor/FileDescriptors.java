package dev.slipstream.engine.monitor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.util.function.LongSupplier;

/**
 * How many files and sockets this process has open.
 *
 * <p>The JDK lists a folder to count them, which takes 15 ms of a processor for 18,000. So they are
 * counted again only after a thousand times as long as counting took: 0.1 % of a processor at most.
 */
final class FileDescriptors {
  private static final int REST = 1_000;

  private final LongSupplier counter;
  private final LongSupplier nanoTicker;
  private long count;
  private long nextAt;
  private boolean counted;

  FileDescriptors(UnixOperatingSystemMXBean system, LongSupplier nanoTicker) {
    this(system::getOpenFileDescriptorCount, nanoTicker);
  }

  FileDescriptors(LongSupplier counter, LongSupplier nanoTicker) {
    this.counter = counter;
    this.nanoTicker = nanoTicker;
  }

  /** The number, as of the last count. */
  long count() {
    long before = nanoTicker.getAsLong();
    if (!counted || before - nextAt >= 0) {
      count = counter.getAsLong();
      long after = nanoTicker.getAsLong();
      nextAt = after + REST * (after - before);
      counted = true;
    }
    return count;
  }
}
