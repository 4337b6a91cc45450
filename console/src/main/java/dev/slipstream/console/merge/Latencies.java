package dev.slipstream.console.merge;

import dev.slipstream.config.jmx.LatencyReport;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long exchanges took, in milliseconds; null where none was measured, or where histograms are
 * missing that percentiles would be made of.
 *
 * @param count how many were measured
 */
public record Latencies(
    long count,
    @Nullable Double meanMs,
    @Nullable Double p50Ms,
    @Nullable Double p95Ms,
    @Nullable Double p99Ms,
    @Nullable Double maxMs) {
  private static final long MOST_MICROS = (1L << 27) - 1;
  private static final int DIGITS = 1;

  /** Much longer than a histogram of the agent's is. */
  private static final int LONGEST_TEXT = 64 * 1024;

  /**
   * What one gateway says.
   *
   * @param histogram its times in microseconds, in HdrHistogram's compressed format, Base64; null
   *     where there is none
   */
  public record Part(LatencyReport report, @Nullable String histogram) {}

  /** Those of several gateways together; of a single one what it says itself. */
  public static Latencies of(List<Part> parts) {
    List<Part> measured = parts.stream().filter(part -> part.report().count() > 0).toList();
    if (measured.isEmpty()) {
      return new Latencies(0, null, null, null, null, null);
    }
    if (measured.size() == 1) {
      LatencyReport only = measured.get(0).report();
      return new Latencies(
          only.count(),
          only.meanMillis(),
          only.p50Millis(),
          only.p95Millis(),
          only.p99Millis(),
          only.maxMillis());
    }
    Histogram all = sum(measured);
    Double max = Sums.greatest(measured, part -> part.report().maxMillis());
    return new Latencies(
        Sums.sum(measured, part -> part.report().count()),
        Weighted.mean(measured, part -> part.report().meanMillis(), part -> part.report().count()),
        at(all, 50, max),
        at(all, 95, max),
        at(all, 99, max),
        max);
  }

  /** All added up; null where one is missing or is no histogram. */
  private static @Nullable Histogram sum(List<Part> parts) {
    Histogram sum = new Histogram(1, MOST_MICROS, DIGITS);
    for (Part part : parts) {
      String text = part.histogram();
      if (text == null || text.length() > LONGEST_TEXT) {
        return null;
      }
      try {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        sum.add(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
      } catch (DataFormatException | RuntimeException e) {
        return null;
      }
    }
    return sum;
  }

  /** As the agent does: the middle of the bucket, and no more than the greatest. */
  private static @Nullable Double at(
      @Nullable Histogram all, double percent, @Nullable Double max) {
    if (all == null) {
      return null;
    }
    double millis = all.medianEquivalentValue(all.getValueAtPercentile(percent)) / 1e3;
    return max == null ? Double.valueOf(millis) : Double.valueOf(Math.min(max, millis));
  }
}
