package dev.slipstream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.monitor.History;
import dev.slipstream.engine.monitor.Metric;
import dev.slipstream.engine.monitor.Series;
import dev.slipstream.engine.profile.EndpointWindow;
import dev.slipstream.engine.profile.Latency;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GatewayFiguresTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final History history = new History();

  private static EndpointWindow window(long requests, long hits, long misses, long failed) {
    Latency latency = requests == 0 ? Latency.NONE : new Latency(1, 9.0, 8.0, 70.0, 80.0, 90.0);
    return new EndpointWindow(
        60, requests, hits, misses, 0, 0, 0, 0, 0, failed, 0, 1, latency, latency, latency);
  }

  private double[] recorded(Metric metric, EndpointWindow window) {
    GatewayFigures.of(window).recordIn(history, NOW);
    Series series = history.series(metric, Duration.ofMinutes(1), NOW.plusSeconds(1));
    return series.means();
  }

  @Test
  void requests_areRecordedInTheUnitsOfTheMetrics() {
    EndpointWindow window = window(600, 150, 50, 30);

    assertThat(recorded(Metric.REQUEST_RATE, window)).containsExactly(10);
    assertThat(recorded(Metric.RESPONSE_TIME_P95, window)).containsExactly(70);
    assertThat(recorded(Metric.ERROR_RATE, window)).containsExactly(5);
    assertThat(recorded(Metric.HIT_RATE, window)).containsExactly(75);
  }

  @Test
  void noRequests_areARateOfZeroAndGapsElsewhere() {
    EndpointWindow window = window(0, 0, 0, 0);

    assertThat(recorded(Metric.REQUEST_RATE, window)).containsExactly(0);
    assertThat(recorded(Metric.RESPONSE_TIME_P95, window)).isEmpty();
    assertThat(recorded(Metric.ERROR_RATE, window)).isEmpty();
    assertThat(recorded(Metric.HIT_RATE, window)).isEmpty();
  }

  @Test
  void beforeTheFirstSecond_allIsAGap() {
    for (Metric metric : Metric.values()) {
      assertThat(recorded(metric, EndpointWindow.NONE)).as(metric.wireName()).isEmpty();
    }
  }

  @Test
  void bypassesAlone_areNoHitRate() {
    assertThat(recorded(Metric.HIT_RATE, window(100, 0, 0, 0))).isEmpty();
    assertThat(recorded(Metric.ERROR_RATE, window(100, 0, 0, 0))).containsExactly(0);
  }
}
