package dev.slipstream.engine.admit;

import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does at one moment, hits of the cache left out; null where too little was seen.
 *
 * @param inFlight requests that the application is answering
 * @param throughputPerSecond answers a second, of the last second
 * @param minLatencyMillis the least that answers took, in milliseconds: see {@link Baseline}
 * @param supported how many under way throughput and least latency account for (Little's law), or
 *     are always let through if that is more
 * @param p95Millis the 95th percentile of what the answers of the last second took, and the
 *     requests under way have taken so far, in milliseconds
 * @param baselineP95Millis what that usually is
 * @param baselineMedianMillis what the median usually is
 * @param failureRate the last second's answers that were failures, 0 to 1
 * @param badCalls the last 50 calls that failed or took too long, some of those under way included
 * @param limit how many may be under way; null while it is not throttled
 * @param refused requests of the last half second that the throttle refused
 * @param breaker the breaker's state
 */
public record Signals(
    int inFlight,
    double throughputPerSecond,
    @Nullable Double minLatencyMillis,
    double supported,
    @Nullable Double p95Millis,
    @Nullable Double baselineP95Millis,
    @Nullable Double baselineMedianMillis,
    @Nullable Double failureRate,
    int badCalls,
    @Nullable Integer limit,
    long refused,
    EndpointBreaker.State breaker) {
  /** How many of the last 50 calls were bad, 0 to 1. */
  public double badRate() {
    return badCalls / (double) EndpointBreaker.CALLS;
  }

  /** Whether its breaker is to be open: half of the last calls were bad, or it has not closed. */
  public boolean isFailing() {
    return badCalls >= EndpointBreaker.BAD || breaker != EndpointBreaker.State.CLOSED;
  }
}
