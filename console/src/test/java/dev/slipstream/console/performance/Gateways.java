package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.BudgetReport;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.LatencyReport;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What gateways might say, for tests. */
public final class Gateways {
  public static final LatencyReport NOTHING = new LatencyReport(0, null, null, null, null, null);

  private Gateways() {}

  /** Endpoints that had no exchange yet. */
  public static EndpointsReading idle() {
    return new EndpointsReading(
        report("(all)", 0, 0, 0, NOTHING, NOTHING, null), List.of(), Map.of());
  }

  /** An endpoint that had hits and misses, each of the same length, and as many errors. */
  public static EndpointsReading busy(
      String name, int hits, long hitMillis, int misses, long missMillis, int errors) {
    LatencyReport ofHits = times(hits, hitMillis);
    LatencyReport ofMisses = times(misses, missMillis);
    Map<String, String> histograms = new HashMap<>();
    for (String key : List.of(name, "(all)")) {
      put(histograms, key + "#hits", Map.of(hitMillis, hits));
      put(histograms, key + "#misses", Map.of(missMillis, misses));
      Map<Long, Integer> both = new HashMap<>(Map.of(hitMillis, hits));
      both.merge(missMillis, misses, Integer::sum);
      put(histograms, key, both);
    }
    BudgetReport budget = new BudgetReport(100.0, 0.01, 0.5, 0.5, errors / 10.0, 0.0);
    EndpointReport total = report("(all)", hits, misses, errors, ofHits, ofMisses, null);
    EndpointReport own = report(name, hits, misses, errors, ofHits, ofMisses, budget);
    return new EndpointsReading(total, List.of(own), histograms);
  }

  private static LatencyReport times(int count, long millis) {
    double each = millis;
    return count == 0 ? NOTHING : new LatencyReport(count, each, each, each, each, each);
  }

  private static void put(Map<String, String> to, String name, Map<Long, Integer> times) {
    Histogram histogram = new Histogram(1, (1L << 27) - 1, 1);
    times.forEach((millis, count) -> histogram.recordValueWithCount(millis * 1_000, count));
    if (histogram.getTotalCount() > 0) {
      ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
      int length = histogram.encodeIntoCompressedByteBuffer(buffer);
      to.put(name, Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
    }
  }

  private static EndpointReport report(
      String name,
      int hits,
      int misses,
      int errors,
      LatencyReport ofHits,
      LatencyReport ofMisses,
      @Nullable BudgetReport budget) {
    int requests = hits + misses;
    Double mean =
        requests == 0
            ? null
            : Double.valueOf((mean(ofHits) * hits + mean(ofMisses) * misses) / requests);
    LatencyReport all =
        requests == 0
            ? NOTHING
            : new LatencyReport(
                requests, mean, 0.0, 0.0, 0.0, Math.max(max(ofHits), max(ofMisses)));
    return new EndpointReport(
        name,
        1,
        2,
        requests,
        0,
        errors,
        0,
        100L * requests,
        100L * hits,
        Map.of("hit_l1", (long) hits, "miss_uri", (long) misses),
        hits == 0 || misses == 0 ? null : Double.valueOf(hits * (mean(ofMisses) - mean(ofHits))),
        60,
        requests,
        requests / 60.0,
        hits,
        misses,
        0,
        0,
        0,
        0,
        errors,
        100L * requests,
        all,
        ofHits,
        ofMisses,
        requests == 0 ? null : Double.valueOf(requests > 50 ? 0.9 : 0.5),
        budget);
  }

  private static double mean(LatencyReport times) {
    Double mean = times.meanMillis();
    return mean == null ? 0 : mean;
  }

  private static double max(LatencyReport times) {
    Double max = times.maxMillis();
    return max == null ? 0 : max;
  }

  /** A system of a host, with what it uses. */
  public static SystemReading system(
      String host, @Nullable Double cpu, double processors, @Nullable Double sent) {
    return new SystemReading(host, cpu, cpu, processors, (long) processors << 20, 50.0, sent, sent);
  }
}
