package dev.slipstream.engine.optimize;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a collection where one can help and does not stop the application: the collector is
 * concurrent, and after the last collection the heap was still filled to the threshold or above. At
 * most every five minutes. Not thread-safe.
 */
final class GcRelief {
  private static final long APART_MILLIS = Duration.ofMinutes(5).toMillis();

  private final Collector collector;
  private final double thresholdPercent;
  private final Runnable collect;
  private long collections;
  private @Nullable Long lastMillis;
  private String advice = "";

  /**
   * Makes one.
   *
   * @param collect begins a collection, and does not wait for its end
   */
  GcRelief(Collector collector, double thresholdPercent, Runnable collect) {
    this.collector = collector;
    this.thresholdPercent = thresholdPercent;
    this.collect = collect;
  }

  /** Asks, or says why not. */
  String ask(Measurements measured) {
    Double heap = measured.value(Metric.HEAP_AFTER_COLLECTION);
    if (heap == null) {
      return "no collection: the heap after a collection was not measured yet";
    }
    String filled = "heap after collection " + Metric.HEAP_AFTER_COLLECTION.format(heap);
    if (heap < thresholdPercent) {
      return "no collection: " + filled + " is below " + Threshold.number(thresholdPercent) + " %";
    }
    if (!collector.concurrent()) {
      advice = collector.why();
      return "no collection: " + collector.why();
    }
    long now = measured.atMillis();
    if (lastMillis != null && now - lastMillis < APART_MILLIS) {
      return "no collection: the last was less than 5 min ago";
    }
    lastMillis = now;
    collections++;
    collect.run();
    return "collection asked for (" + collector.name() + "), " + filled;
  }

  /** How many were asked for. */
  long collections() {
    return collections;
  }

  /** Why a collection that might have helped could not be asked for; empty where none was. */
  String advice() {
    return advice;
  }
}
