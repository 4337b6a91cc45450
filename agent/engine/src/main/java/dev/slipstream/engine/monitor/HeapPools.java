package dev.slipstream.engine.monitor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the heap's pools held when each was last collected.
 *
 * <p>A collection of the young generation alone says nothing of the garbage in the old one, so each
 * pool counts as its own last collection left it. A pool that has never been collected says zero.
 * Of pools in which objects are born and die that is true; of one in which they live long, known by
 * its usage threshold, it is not, and then nothing is known. With a collector that works beside the
 * application, what is made meanwhile counts as left.
 */
final class HeapPools {
  private final List<MemoryPoolMXBean> pools;

  HeapPools(List<MemoryPoolMXBean> all) {
    this.pools = all.stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
  }

  /** Whether the process holds all of the heap that is committed from the beginning. */
  static boolean arePreTouched() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return options != null && options.getVMOption("AlwaysPreTouch").getValue().equals("true");
    } catch (IllegalArgumentException e) {
      return false; // another JVM
    }
  }

  @Nullable Long afterCollectionBytes() {
    long sum = 0;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage left = pool.getCollectionUsage();
      if (left == null || (left.getUsed() == 0 && pool.isUsageThresholdSupported())) {
        return null;
      }
      // what a pool holds now is at least that, unless it was collected since in another way
      sum += Math.min(left.getUsed(), pool.getUsage().getUsed());
    }
    return sum;
  }
}
