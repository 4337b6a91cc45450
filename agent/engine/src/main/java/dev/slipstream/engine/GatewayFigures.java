package dev.slipstream.engine;

import dev.slipstream.engine.monitor.History;
import dev.slipstream.engine.monitor.Metric;
import dev.slipstream.engine.profile.EndpointWindow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway as a whole did in the last minute, as the history keeps it. Where nothing was
 * asked there is nothing to tell of times, errors and hits, and a gap in the history.
 *
 * @param requestsPerSecond null before the first second was over
 * @param p95Millis milliseconds
 * @param errorPercent exchanges that failed
 * @param hitPercent hits of hits and misses
 */
record GatewayFigures(
    @Nullable Double requestsPerSecond,
    @Nullable Double p95Millis,
    @Nullable Double errorPercent,
    @Nullable Double hitPercent) {
  static GatewayFigures of(EndpointWindow window) {
    return new GatewayFigures(
        window.seconds() == 0 ? null : (Double) window.requestsPerSecond(),
        window.all().p95Millis(),
        percent(window.serverErrors(), window.requests()),
        percent(window.hits(), window.hits() + window.misses()));
  }

  private static @Nullable Double percent(long part, long all) {
    return all == 0 ? null : (Double) (100.0 * part / all);
  }

  void recordIn(History history, Instant now) {
    history.record(Metric.REQUEST_RATE, requestsPerSecond, now);
    history.record(Metric.RESPONSE_TIME_P95, p95Millis, now);
    history.record(Metric.ERROR_RATE, errorPercent, now);
    history.record(Metric.HIT_RATE, hitPercent, now);
  }
}
