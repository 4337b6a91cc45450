package dev.slipstream.engine.monitor;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Consumer;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's collectors: how long they stop the application, how often, and how long they work
 * beside it.
 *
 * <p>A collector that works beside the application has two beans, as {@code ZGC Cycles} and {@code
 * ZGC Pauses}: what the first takes is no pause. G1's concurrent bean, {@code G1 Concurrent GC},
 * counts its pauses alone.
 */
final class GcWatch implements AutoCloseable {
  private static final String BESIDE = " Cycles"; // ZGC and Shenandoah, each generation of them

  private final List<GarbageCollectorMXBean> collectors;
  private final Consumer<GcInfo> told;
  private final NotificationListener listener = (notification, handback) -> ended(notification);
  private final LongAccumulator longestPauseMillis = new LongAccumulator(Math::max, 0);
  private final Map<GarbageCollectorMXBean, Long> noticed = new HashMap<>();
  private @Nullable Totals before;

  private record Totals(long nanos, long pauseMillis, long pauses, long besideMillis) {}

  /**
   * Makes one.
   *
   * @param told of each collection that stopped the application
   */
  GcWatch(List<GarbageCollectorMXBean> collectors, Consumer<GcInfo> told) {
    this.collectors = collectors;
    this.told = told;
  }

  /** Listens from now on; before, the longest pause is not known. */
  void start() {
    for (GarbageCollectorMXBean collector : collectors) {
      if (!isBeside(collector) && collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
      }
    }
  }

  private static boolean isBeside(GarbageCollectorMXBean collector) {
    return collector.getName().endsWith(BESIDE);
  }

  private void ended(Notification notification) {
    if (notification.getUserData() instanceof CompositeData data
        && notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      GcInfo collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
      longestPauseMillis.accumulate(collection.getDuration());
      told.accept(collection);
    }
  }

  /** What there was since it was last asked. */
  SystemSample.Gc since(long nowNanos) {
    long pauseMillis = 0;
    long pauses = 0;
    long besideMillis = 0;
    boolean beside = false;
    for (GarbageCollectorMXBean collector : collectors) {
      if (isBeside(collector)) {
        beside = true;
        besideMillis += collector.getCollectionTime();
      } else {
        pauseMillis += collector.getCollectionTime();
        pauses += collector.getCollectionCount();
        noticeLast(collector);
      }
    }
    Totals was = before;
    before = new Totals(nowNanos, pauseMillis, pauses, besideMillis);
    long longest = longestPauseMillis.getThenReset();
    if (was == null || nowNanos <= was.nanos) {
      return new SystemSample.Gc(null, null, null, null);
    }
    double millis = (nowNanos - was.nanos) / 1e6;
    return new SystemSample.Gc(
        percent(pauseMillis - was.pauseMillis, millis),
        beside ? percent(besideMillis - was.besideMillis, millis) : null,
        pauses - was.pauses,
        pauses == was.pauses ? 0 : longest);
  }

  /** Its notification may still be on the way. */
  private void noticeLast(GarbageCollectorMXBean collector) {
    if (collector instanceof com.sun.management.GarbageCollectorMXBean informed) {
      GcInfo last = informed.getLastGcInfo();
      if (last != null && noticed.getOrDefault(collector, 0L) < last.getId()) {
        noticed.put(collector, last.getId());
        longestPauseMillis.accumulate(last.getDuration());
      }
    }
  }

  /** Of a pause that began before the time did, only so much is within it. */
  private static Double percent(long millis, double of) {
    return Math.min(100, 100 * millis / of);
  }

  @Override
  public void close() {
    for (GarbageCollectorMXBean collector : collectors) {
      if (!isBeside(collector) && collector instanceof NotificationEmitter emitter) {
        try {
          emitter.removeNotificationListener(listener);
        } catch (ListenerNotFoundException e) {
          // Closed before.
        }
      }
    }
  }
}
