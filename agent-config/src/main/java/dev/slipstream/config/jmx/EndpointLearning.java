package dev.slipstream.config.jmx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is learned of an endpoint. What is null is not known, or the evidence is thin.
 *
 * @param endpoint method and path template
 * @param rule the rule it was last asked for under; empty for none
 * @param adaptive whether freshness lifetimes follow what is learned
 * @param verdict what to make of it, in a few words
 * @param why how that follows from what was seen
 * @param limits what keeps the lifetime from being what the rate asks for
 * @param observations times that an answer was seen again, as they count now
 * @param changes those that found a change or were told of one
 * @param changesPerHour how often an answer changes; null where nothing was seen
 * @param changesPerHourLow lower end of the interval that has it in 95 of 100 cases
 * @param changesPerHourHigh upper end of that interval
 * @param budget share of answers that may be stale, 0 to 1
 * @param expectedStaleShare share of answers that are stale with this lifetime, 0 to 1
 * @param ttlSeconds lifetime of an answer that is fetched for the first time
 * @param ttlAfterChangeSeconds lifetime of one that has just changed
 * @param ttlSettledSeconds lifetime of one that has not changed for long
 * @param requests requests since the start
 * @param hitRatio hits as a share of what was not passed by, 0 to 1
 * @param requestsPerSecond over the last five minutes
 * @param trend that rate over the one of the ten minutes before
 * @param topTenShare share of requests for the ten URLs asked for most, 0 to 1
 * @param zipfExponent how uneven URLs are asked for: 0 is even, 1 usual for pages
 * @param repeatRatio share of requests for a URL asked for within the last minute
 * @param missMillis mean time of the application's answers, in milliseconds
 * @param effectiveness share of requests answered right without the application
 */
public record EndpointLearning(
    String endpoint,
    String rule,
    boolean adaptive,
    String verdict,
    String why,
    List<String> limits,
    double observations,
    double changes,
    @Nullable Double changesPerHour,
    @Nullable Double changesPerHourLow,
    @Nullable Double changesPerHourHigh,
    double budget,
    @Nullable Double expectedStaleShare,
    double ttlSeconds,
    double ttlAfterChangeSeconds,
    double ttlSettledSeconds,
    long requests,
    @Nullable Double hitRatio,
    @Nullable Double requestsPerSecond,
    @Nullable Double trend,
    @Nullable Double topTenShare,
    @Nullable Double zipfExponent,
    @Nullable Double repeatRatio,
    @Nullable Double missMillis,
    @Nullable Double effectiveness) {

  public EndpointLearning {
    limits = List.copyOf(limits);
  }

  /** What {@link #endpoint} is, under the name that JMX looks for, as are the following. */
  public String getEndpoint() {
    return endpoint;
  }

  /** See {@link #rule}. */
  public String getRule() {
    return rule;
  }

  /** See {@link #adaptive}. */
  public boolean isAdaptive() {
    return adaptive;
  }

  /** See {@link #verdict}. */
  public String getVerdict() {
    return verdict;
  }

  /** See {@link #why}. */
  public String getWhy() {
    return why;
  }

  /** See {@link #limits}. */
  public List<String> getLimits() {
    return limits;
  }

  /** See {@link #observations}. */
  public double getObservations() {
    return observations;
  }

  /** See {@link #changes}. */
  public double getChanges() {
    return changes;
  }

  /** See {@link #changesPerHour}. */
  public @Nullable Double getChangesPerHour() {
    return changesPerHour;
  }

  /** See {@link #changesPerHourLow}. */
  public @Nullable Double getChangesPerHourLow() {
    return changesPerHourLow;
  }

  /** See {@link #changesPerHourHigh}. */
  public @Nullable Double getChangesPerHourHigh() {
    return changesPerHourHigh;
  }

  /** See {@link #budget}. */
  public double getBudget() {
    return budget;
  }

  /** See {@link #expectedStaleShare}. */
  public @Nullable Double getExpectedStaleShare() {
    return expectedStaleShare;
  }

  /** See {@link #ttlSeconds}. */
  public double getTtlSeconds() {
    return ttlSeconds;
  }

  /** See {@link #ttlAfterChangeSeconds}. */
  public double getTtlAfterChangeSeconds() {
    return ttlAfterChangeSeconds;
  }

  /** See {@link #ttlSettledSeconds}. */
  public double getTtlSettledSeconds() {
    return ttlSettledSeconds;
  }

  /** See {@link #requests}. */
  public long getRequests() {
    return requests;
  }

  /** See {@link #hitRatio}. */
  public @Nullable Double getHitRatio() {
    return hitRatio;
  }

  /** See {@link #requestsPerSecond}. */
  public @Nullable Double getRequestsPerSecond() {
    return requestsPerSecond;
  }

  /** See {@link #trend}. */
  public @Nullable Double getTrend() {
    return trend;
  }

  /** See {@link #topTenShare}. */
  public @Nullable Double getTopTenShare() {
    return topTenShare;
  }

  /** See {@link #zipfExponent}. */
  public @Nullable Double getZipfExponent() {
    return zipfExponent;
  }

  /** See {@link #repeatRatio}. */
  public @Nullable Double getRepeatRatio() {
    return repeatRatio;
  }

  /** See {@link #missMillis}. */
  public @Nullable Double getMissMillis() {
    return missMillis;
  }

  /** See {@link #effectiveness}. */
  public @Nullable Double getEffectiveness() {
    return effectiveness;
  }
}
