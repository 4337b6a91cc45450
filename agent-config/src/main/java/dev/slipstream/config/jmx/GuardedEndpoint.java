package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does whose requests may be refused; hits of the cache are left out.
 *
 * @param endpoint method and path template
 * @param inFlight requests that the application is answering
 * @param limit how many may be; null while it is not throttled
 * @param breaker closed, open or half_open
 * @param breakerOpened how often the breaker has opened
 * @param throughputPerSecond answers a second, of the last second
 * @param minLatencyMillis the least that answers took, in milliseconds; null before it is known
 * @param p95Millis 95th percentile of the last second, requests under way included, in
 *     milliseconds; null where there were none
 * @param baselineP95Millis what that usually is, in milliseconds; null before it is known
 * @param badCalls the last 50 calls that failed or took too long
 * @param refused requests refused since the start
 * @param refusedAnsweredStale those of them whose client got a stale answer
 */
public record GuardedEndpoint(
    String endpoint,
    int inFlight,
    @Nullable Integer limit,
    String breaker,
    long breakerOpened,
    double throughputPerSecond,
    @Nullable Double minLatencyMillis,
    @Nullable Double p95Millis,
    @Nullable Double baselineP95Millis,
    int badCalls,
    long refused,
    long refusedAnsweredStale) {
  /** What {@link #endpoint} is, under the name that JMX looks for, as are the following. */
  public String getEndpoint() {
    return endpoint;
  }

  /** See {@link #inFlight}. */
  public int getInFlight() {
    return inFlight;
  }

  /** See {@link #limit}. */
  public @Nullable Integer getLimit() {
    return limit;
  }

  /** See {@link #breaker}. */
  public String getBreaker() {
    return breaker;
  }

  /** See {@link #breakerOpened}. */
  public long getBreakerOpened() {
    return breakerOpened;
  }

  /** See {@link #throughputPerSecond}. */
  public double getThroughputPerSecond() {
    return throughputPerSecond;
  }

  /** See {@link #minLatencyMillis}. */
  public @Nullable Double getMinLatencyMillis() {
    return minLatencyMillis;
  }

  /** See {@link #p95Millis}. */
  public @Nullable Double getP95Millis() {
    return p95Millis;
  }

  /** See {@link #baselineP95Millis}. */
  public @Nullable Double getBaselineP95Millis() {
    return baselineP95Millis;
  }

  /** See {@link #badCalls}. */
  public int getBadCalls() {
    return badCalls;
  }

  /** See {@link #refused}. */
  public long getRefused() {
    return refused;
  }

  /** See {@link #refusedAnsweredStale}. */
  public long getRefusedAnsweredStale() {
    return refusedAnsweredStale;
  }

  /** Rebuilds the record from what JMX sends. */
  public static GuardedEndpoint from(CompositeData data) {
    return new GuardedEndpoint(
        (String) data.get("endpoint"),
        (Integer) data.get("inFlight"),
        (Integer) data.get("limit"),
        (String) data.get("breaker"),
        (Long) data.get("breakerOpened"),
        (Double) data.get("throughputPerSecond"),
        (Double) data.get("minLatencyMillis"),
        (Double) data.get("p95Millis"),
        (Double) data.get("baselineP95Millis"),
        (Integer) data.get("badCalls"),
        (Long) data.get("refused"),
        (Long) data.get("refusedAnsweredStale"));
  }
}
