package dev.slipstream.console.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipstream.config.jmx.LatencyReport;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final LatencyReport NONE = new LatencyReport(0, null, null, null, null, null);

  /** Times of the same length each. */
  private static Latencies.Part times(int count, long millis) {
    Histogram histogram = new Histogram(1, (1L << 27) - 1, 1);
    histogram.recordValueWithCount(millis * 1_000, count);
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    double each = millis;
    return new Latencies.Part(
        new LatencyReport(count, each, each, each, each, each),
        Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
  }

  @Test
  void percentilesOfSeveral_areOfAllTheirTimes_notMeansOfPercentiles() {
    Latencies both = Latencies.of(List.of(times(94, 10), times(6, 1_000)));

    assertThat(both.count()).isEqualTo(100);
    assertThat(both.meanMs()).isCloseTo(69.4, within(0.01));
    assertThat(both.p50Ms()).isCloseTo(10, within(0.4));
    assertThat(both.p95Ms()).isCloseTo(1_000, within(35.0));
    assertThat(both.maxMs()).isEqualTo(1_000);
  }

  @Test
  void percentiles_areNoMoreThanTheSlowest() {
    Latencies both = Latencies.of(List.of(times(1, 1_000), times(1, 1_000)));
    assertThat(both.p99Ms()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void ofOne_isWhatItSaysItself_withoutAnyHistogram() {
    Latencies one =
        Latencies.of(
            List.of(
                new Latencies.Part(new LatencyReport(3, 1.5, 1.0, 2.0, 2.5, 3.0), null),
                new Latencies.Part(NONE, null)));
    assertThat(one).isEqualTo(new Latencies(3, 1.5, 1.0, 2.0, 2.5, 3.0));
  }

  @Test
  void withoutAHistogram_percentilesOfSeveralAreNotKnown_andTheRestIs() {
    Latencies.Part lost = new Latencies.Part(times(1, 10).report(), null);
    Latencies.Part forged = new Latencies.Part(times(1, 10).report(), "AAAA");
    for (Latencies.Part bad : List.of(lost, forged)) {
      Latencies both = Latencies.of(List.of(times(3, 30), bad));
      assertThat(both.count()).isEqualTo(4);
      assertThat(both.meanMs()).isEqualTo(25);
      assertThat(both.p95Ms()).isNull();
      assertThat(both.maxMs()).isEqualTo(30);
    }
  }

  @Test
  void ofNothing_isNull() {
    assertThat(Latencies.of(List.of(new Latencies.Part(NONE, null))))
        .isEqualTo(new Latencies(0, null, null, null, null, null));
  }
}
