package dev.slipstream.engine.profile;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint has done since the start.
 *
 * @param requests exchanges that ended
 * @param outcomes how many of them were answered how; without those that none was
 * @param clientErrors those answered with a status from 400 to 499
 * @param serverErrors those that failed, or were answered with a status from 500
 * @param bytes bytes of bodies sent
 * @param hitBytes those of them that hits sent
 * @param hitNanos nanoseconds that hits took, without those that waited for another request
 * @param timedHits how many hits these were
 * @param missNanos nanoseconds that exchanges took for which the application was asked
 * @param timedMisses how many these were
 * @param greatestNanos nanoseconds that the slowest exchange took
 * @param greatestInFlight the most exchanges at once
 */
public record EndpointTotals(
    long requests,
    Map<Outcome, Long> outcomes,
    long clientErrors,
    long serverErrors,
    long bytes,
    long hitBytes,
    long hitNanos,
    long timedHits,
    long missNanos,
    long timedMisses,
    long greatestNanos,
    int greatestInFlight) {
  /** Nothing was seen yet. */
  static final EndpointTotals NONE = new EndpointTotals(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Copies the map. */
  public EndpointTotals {
    outcomes = Map.copyOf(outcomes);
  }

  /** Both together; the concurrency is the greater one. */
  EndpointTotals plus(EndpointTotals other) {
    Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    sums.putAll(outcomes);
    other.outcomes.forEach((outcome, count) -> sums.merge(outcome, count, Long::sum));
    return new EndpointTotals(
        requests + other.requests,
        sums,
        clientErrors + other.clientErrors,
        serverErrors + other.serverErrors,
        bytes + other.bytes,
        hitBytes + other.hitBytes,
        hitNanos + other.hitNanos,
        timedHits + other.timedHits,
        missNanos + other.missNanos,
        timedMisses + other.timedMisses,
        Math.max(greatestNanos, other.greatestNanos),
        Math.max(greatestInFlight, other.greatestInFlight));
  }

  /** How many exchanges were counted so. */
  public long of(Outcome.Kind kind) {
    long sum = 0;
    for (Map.Entry<Outcome, Long> one : outcomes.entrySet()) {
      sum += one.getKey().kind() == kind ? one.getValue() : 0;
    }
    return sum;
  }

  /** Answers that were stale, whatever the reason. */
  public long staleAnswers() {
    long sum = 0;
    for (Map.Entry<Outcome, Long> one : outcomes.entrySet()) {
      sum += one.getKey().isStale() ? one.getValue() : 0;
    }
    return sum;
  }

  /**
   * The time that hits have saved, in milliseconds: hits × (mean time of a miss − mean time of a
   * hit). Null before there was a hit and a miss; negative where hits took longer.
   */
  public @Nullable Double savedMillis() {
    if (timedHits == 0 || timedMisses == 0) {
      return null;
    }
    double meanMiss = (double) missNanos / timedMisses;
    double meanHit = (double) hitNanos / timedHits;
    return timedHits * (meanMiss - meanHit) / 1e6;
  }
}
