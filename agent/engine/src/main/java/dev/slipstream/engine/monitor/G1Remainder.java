package dev.slipstream.engine.monitor;

import com.sun.management.GcInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What G1 leaves in the heap at collections of any kind, where that is so much that the heap is
 * short, whatever of it is garbage. Thread-safe.
 *
 * <p>What its old generation holds after a collection of that, G1 says after mixed and full ones.
 * Where all of it is alive there are no mixed ones, and the full one comes when there is no room
 * left. But each young collection tells what is left, too, garbage that was not found yet included.
 * G1 marks from some occupancy on, which it adapts, but so that there is room left for its reserve,
 * the waste that it puts up with, and a young generation (HotSpot's {@code G1AdaptiveIHOPControl}):
 * over that it is marking, and uses up what it keeps for survivors. Garbage that comes fast enough
 * can take it there for a moment, so the least of half a second counts.
 */
final class G1Remainder {
  private static final String NAME = "G1 ";
  private static final String EDEN = "Eden";
  private static final long COUNTED_MILLIS = 500;

  /** {@code G1NewSizePercent}, which cannot be read where it was not set. */
  private static final double LEAST_YOUNG_PERCENT = 5;

  private final double fromPercent;
  private final Deque<Left> lately = new ArrayDeque<>();

  private record Left(long atMillis, long bytes) {}

  /**
   * Makes one.
   *
   * @param fromPercent the occupancy over which the heap is short, of the largest heap
   */
  G1Remainder(double fromPercent) {
    this.fromPercent = fromPercent;
  }

  /** That of this JVM. */
  static G1Remainder ofThisJvm() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return new G1Remainder(
        marksFromPercent(name -> options == null ? null : options.getVMOption(name).getValue()));
  }

  /**
   * The occupancy by which marking has begun at the latest, in percent of the largest heap.
   *
   * @param option an option of the JVM by its name; one that it does not have throws {@link
   *     IllegalArgumentException}
   */
  static double marksFromPercent(Function<String, @Nullable String> option) {
    try {
      double first = number(option.apply("InitiatingHeapOccupancyPercent"));
      double reserve = number(option.apply("G1ReservePercent"));
      double waste = number(option.apply("G1HeapWastePercent"));
      return Math.max(first, 100 - reserve - waste - LEAST_YOUNG_PERCENT);
    } catch (IllegalArgumentException e) {
      return 100; // another JVM
    }
  }

  private static double number(@Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("not known");
    }
    return Double.parseDouble(value);
  }

  /** Notes a collection; what is not of G1 says nothing. */
  void collected(GcInfo collection) {
    collected(collection.getEndTime(), collection.getMemoryUsageAfterGc());
  }

  /**
   * The same of what each pool held after it.
   *
   * @param atMillis its end, from any origin
   */
  synchronized void collected(long atMillis, Map<String, MemoryUsage> pools) {
    long left = 0;
    boolean known = false;
    for (Map.Entry<String, MemoryUsage> pool : pools.entrySet()) {
      if (pool.getKey().startsWith(NAME) && !pool.getKey().contains(EDEN)) {
        left += pool.getValue().getUsed();
        known = true;
      }
    }
    if (known) {
      lately.addLast(new Left(atMillis, left));
      while (lately.getFirst().atMillis < atMillis - COUNTED_MILLIS) {
        lately.removeFirst();
      }
    }
  }

  /** What was left of late, in bytes; null where the heap is not short, or that is not known. */
  synchronized @Nullable Long bytes(long maxBytes) {
    long least = Long.MAX_VALUE;
    for (Left left : lately) {
      least = Math.min(least, left.bytes);
    }
    return !lately.isEmpty() && least * 100.0 > maxBytes * fromPercent ? (Long) least : null;
  }
}
