package dev.slipstream.config.jmx;

import java.util.HashMap;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does: since the start, and in the last minute.
 *
 * @param endpoint method and template; "(all)" for all together
 * @param inFlight exchanges that the application is at, now
 * @param greatestInFlight the most of them at once since the start; of all together, the greatest
 *     of one endpoint
 * @param requests exchanges since the start
 * @param clientErrors those of them answered with a status from 400 to 499
 * @param serverErrors those of them that failed, or were answered with a status from 500
 * @param staleAnswers those of them answered with what was stale
 * @param bytes bytes of bodies sent since the start, as far as known
 * @param hitBytes those of them that hits sent
 * @param outcomes exchanges since the start by how they were answered, hits and misses by cause
 * @param savedMillis milliseconds saved since the start: hits × (mean of a miss − mean of a hit);
 *     null before there was either
 * @param windowSeconds how long the window is, in seconds: up to a minute; all that follows is of
 *     it
 * @param windowRequests exchanges
 * @param requestsPerSecond exchanges, a second; null before the first second
 * @param windowHits those answered without the application
 * @param windowMisses those that the cache might have answered and did not
 * @param windowBypasses those in which the cache took no part
 * @param windowRefused those for which the application was not to be asked
 * @param windowStaleAnswers those answered with what was stale
 * @param windowClientErrors those answered with a status from 400 to 499
 * @param windowServerErrors those that failed, or were answered with a status from 500
 * @param windowBytes bytes of bodies sent
 * @param all how long exchanges took
 * @param ofHits how long hits took, without those that waited for another request
 * @param ofMisses how long those took that the application was asked for
 * @param score how well it does, 0 to 1; null where too little happened
 * @param budget its budget, and how fast that is used up; null where it has none
 */
public record EndpointReport(
    String endpoint,
    int inFlight,
    int greatestInFlight,
    long requests,
    long clientErrors,
    long serverErrors,
    long staleAnswers,
    long bytes,
    long hitBytes,
    Map<String, Long> outcomes,
    @Nullable Double savedMillis,
    double windowSeconds,
    long windowRequests,
    @Nullable Double requestsPerSecond,
    long windowHits,
    long windowMisses,
    long windowBypasses,
    long windowRefused,
    long windowStaleAnswers,
    long windowClientErrors,
    long windowServerErrors,
    long windowBytes,
    LatencyReport all,
    LatencyReport ofHits,
    LatencyReport ofMisses,
    @Nullable Double score,
    @Nullable BudgetReport budget) {
  /** Copies the map. */
  public EndpointReport {
    outcomes = Map.copyOf(outcomes);
  }

  /** What {@link #endpoint} is, under the name that JMX looks for, as are the following. */
  public String getEndpoint() {
    return endpoint;
  }

  /** See {@link #inFlight}. */
  public int getInFlight() {
    return inFlight;
  }

  /** See {@link #greatestInFlight}. */
  public int getGreatestInFlight() {
    return greatestInFlight;
  }

  /** See {@link #requests}. */
  public long getRequests() {
    return requests;
  }

  /** See {@link #clientErrors}. */
  public long getClientErrors() {
    return clientErrors;
  }

  /** See {@link #serverErrors}. */
  public long getServerErrors() {
    return serverErrors;
  }

  /** See {@link #staleAnswers}. */
  public long getStaleAnswers() {
    return staleAnswers;
  }

  /** See {@link #bytes}. */
  public long getBytes() {
    return bytes;
  }

  /** See {@link #hitBytes}. */
  public long getHitBytes() {
    return hitBytes;
  }

  /** See {@link #outcomes}. */
  public Map<String, Long> getOutcomes() {
    return outcomes;
  }

  /** See {@link #savedMillis}. */
  public @Nullable Double getSavedMillis() {
    return savedMillis;
  }

  /** See {@link #windowSeconds}. */
  public double getWindowSeconds() {
    return windowSeconds;
  }

  /** See {@link #windowRequests}. */
  public long getWindowRequests() {
    return windowRequests;
  }

  /** See {@link #requestsPerSecond}. */
  public @Nullable Double getRequestsPerSecond() {
    return requestsPerSecond;
  }

  /** See {@link #windowHits}. */
  public long getWindowHits() {
    return windowHits;
  }

  /** See {@link #windowMisses}. */
  public long getWindowMisses() {
    return windowMisses;
  }

  /** See {@link #windowBypasses}. */
  public long getWindowBypasses() {
    return windowBypasses;
  }

  /** See {@link #windowRefused}. */
  public long getWindowRefused() {
    return windowRefused;
  }

  /** See {@link #windowStaleAnswers}. */
  public long getWindowStaleAnswers() {
    return windowStaleAnswers;
  }

  /** See {@link #windowClientErrors}. */
  public long getWindowClientErrors() {
    return windowClientErrors;
  }

  /** See {@link #windowServerErrors}. */
  public long getWindowServerErrors() {
    return windowServerErrors;
  }

  /** See {@link #windowBytes}. */
  public long getWindowBytes() {
    return windowBytes;
  }

  /** See {@link #all}. */
  public LatencyReport getAll() {
    return all;
  }

  /** See {@link #ofHits}. */
  public LatencyReport getOfHits() {
    return ofHits;
  }

  /** See {@link #ofMisses}. */
  public LatencyReport getOfMisses() {
    return ofMisses;
  }

  /** See {@link #score}. */
  public @Nullable Double getScore() {
    return score;
  }

  /** See {@link #budget}. */
  public @Nullable BudgetReport getBudget() {
    return budget;
  }

  /** Rebuilds the record from what JMX sends. */
  public static EndpointReport from(CompositeData data) {
    Map<String, Long> outcomes = new HashMap<>();
    for (Object row : ((TabularData) data.get("outcomes")).values()) {
      CompositeData one = (CompositeData) row;
      outcomes.put((String) one.get("key"), (Long) one.get("value"));
    }
    CompositeData budget = (CompositeData) data.get("budget");
    return new EndpointReport(
        (String) data.get("endpoint"),
        (Integer) data.get("inFlight"),
        (Integer) data.get("greatestInFlight"),
        (Long) data.get("requests"),
        (Long) data.get("clientErrors"),
        (Long) data.get("serverErrors"),
        (Long) data.get("staleAnswers"),
        (Long) data.get("bytes"),
        (Long) data.get("hitBytes"),
        outcomes,
        (Double) data.get("savedMillis"),
        (Double) data.get("windowSeconds"),
        (Long) data.get("windowRequests"),
        (Double) data.get("requestsPerSecond"),
        (Long) data.get("windowHits"),
        (Long) data.get("windowMisses"),
        (Long) data.get("windowBypasses"),
        (Long) data.get("windowRefused"),
        (Long) data.get("windowStaleAnswers"),
        (Long) data.get("windowClientErrors"),
        (Long) data.get("windowServerErrors"),
        (Long) data.get("windowBytes"),
        LatencyReport.from((CompositeData) data.get("all")),
        LatencyReport.from((CompositeData) data.get("ofHits")),
        LatencyReport.from((CompositeData) data.get("ofMisses")),
        (Double) data.get("score"),
        budget == null ? null : BudgetReport.from(budget));
  }
}
