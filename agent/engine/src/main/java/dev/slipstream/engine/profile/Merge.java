package dev.slipstream.engine.profile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.HdrHistogram.IntCountsHistogram;

/** What is added up to a window: of several slots, of several endpoints. */
final class Merge {
  private final IntCountsHistogram hits = Timings.sum();
  private final IntCountsHistogram misses = Timings.sum();
  private Counts counts = Counts.NONE;
  private long greatestHit;
  private long greatestMiss;
  private int greatestInFlight;

  IntCountsHistogram hits() {
    return hits;
  }

  IntCountsHistogram misses() {
    return misses;
  }

  /** Adds what was counted, and the greatest times in nanoseconds. */
  void add(Counts more, long hitNanos, long missNanos) {
    counts = counts.plus(more);
    greatestHit = Math.max(greatestHit, hitNanos);
    greatestMiss = Math.max(greatestMiss, missNanos);
  }

  void inFlight(int count) {
    greatestInFlight = Math.max(greatestInFlight, count);
  }

  /** The sum of all. */
  EndpointWindow window(double seconds) {
    Latency ofHits = latency(hits, counts.hitNanos(), greatestHit);
    Latency ofMisses = latency(misses, counts.missNanos(), greatestMiss);
    Latency all;
    if (ofHits.count() == 0) {
      all = ofMisses;
    } else if (ofMisses.count() == 0) {
      all = ofHits;
    } else {
      IntCountsHistogram both = Timings.sum();
      both.add(hits);
      both.add(misses);
      all =
          latency(
              both, counts.hitNanos() + counts.missNanos(), Math.max(greatestHit, greatestMiss));
    }
    return new EndpointWindow(
        seconds,
        counts.requests(),
        counts.hits(),
        counts.misses(),
        counts.bypasses(),
        counts.refused(),
        counts.ourErrors(),
        counts.stale(),
        counts.clientErrors(),
        counts.serverErrors(),
        counts.bytes(),
        greatestInFlight,
        all,
        ofHits,
        ofMisses);
  }

  /** Adds all times, encoded, and those of hits and of misses apart, as far as there are any. */
  void exportTo(Map<String, String> exported, String name) {
    IntCountsHistogram all = Timings.sum();
    all.add(hits);
    all.add(misses);
    put(exported, name, all);
    put(exported, name + Endpoints.OF_HITS, hits);
    put(exported, name + Endpoints.OF_MISSES, misses);
  }

  private static void put(Map<String, String> exported, String name, IntCountsHistogram timed) {
    if (timed.getTotalCount() > 0) {
      ByteBuffer buffer = ByteBuffer.allocate(timed.getNeededByteBufferCapacity());
      int length = timed.encodeIntoCompressedByteBuffer(buffer);
      exported.put(name, Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
    }
  }

  private static Latency latency(IntCountsHistogram timed, long nanos, long greatest) {
    long count = timed.getTotalCount();
    double max = greatest / 1e6;
    return count == 0
        ? Latency.NONE
        : new Latency(
            count,
            nanos / 1e6 / count,
            Math.min(max, millisAt(timed, 50)),
            Math.min(max, millisAt(timed, 95)),
            Math.min(max, millisAt(timed, 99)),
            max);
  }

  /** The middle of the bucket. */
  private static double millisAt(IntCountsHistogram timed, double percent) {
    return timed.medianEquivalentValue(timed.getValueAtPercentile(percent)) / 1e3;
  }
}
