package dev.slipstream.engine.optimize;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of an endpoint in the last minute; null where there was nothing to measure.
 *
 * @param endpoint method and template
 * @param requests exchanges of the last minute
 * @param requestsPerSecond the same, a second
 * @param p95Millis 95th percentile of what they took, in milliseconds
 * @param p50Millis the median, likewise
 * @param meanMillis the mean, likewise
 * @param errorRate those that failed, 0 to 1
 * @param hitRate those answered from the cache, 0 to 1
 * @param meanBodyBytes mean size of an answer's body, in bytes
 * @param lookups exchanges since the start that the cache might have answered
 * @param hits those of them it has answered
 * @param score how well it does, 0 to 1
 */
public record EndpointFigures(
    String endpoint,
    long requests,
    double requestsPerSecond,
    @Nullable Double p95Millis,
    @Nullable Double p50Millis,
    @Nullable Double meanMillis,
    @Nullable Double errorRate,
    @Nullable Double hitRate,
    @Nullable Double meanBodyBytes,
    long lookups,
    long hits,
    @Nullable Double score) {
  public EndpointFigures {
    Objects.requireNonNull(endpoint);
  }

  /** One of the figures; null for what is not measured of an endpoint. */
  @Nullable Double value(Metric metric) {
    return switch (metric) {
      case P95 -> p95Millis;
      case MEAN -> meanMillis;
      case ERROR_RATE -> errorRate;
      case HIT_RATE -> hitRate;
      case REQUEST_RATE -> requestsPerSecond;
      default -> null;
    };
  }
}
