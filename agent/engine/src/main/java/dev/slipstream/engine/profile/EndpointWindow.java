package dev.slipstream.engine.profile;

/**
 * How an endpoint did over a while, up to the last full second.
 *
 * @param seconds how long that was
 * @param requests exchanges that ended
 * @param hits those answered without the application
 * @param misses those that the cache might have answered and did not
 * @param bypasses those in which the cache took no part
 * @param refused those for which the application was not to be asked
 * @param ourErrors those of them that got an error, which the application has no part in
 * @param staleAnswers those answered with what was stale, whatever the reason
 * @param clientErrors those answered with a status from 400 to 499
 * @param serverErrors those that failed, or were answered with a status from 500
 * @param bytes bytes of bodies sent
 * @param greatestInFlight the most exchanges at once
 * @param all how long those took that the cache or the application answered
 * @param ofHits how long hits took, without those that waited for another request
 * @param ofMisses how long those took that the application was asked for: misses, bypasses, and
 *     hits that waited for another request
 */
public record EndpointWindow(
    double seconds,
    long requests,
    long hits,
    long misses,
    long bypasses,
    long refused,
    long ourErrors,
    long staleAnswers,
    long clientErrors,
    long serverErrors,
    long bytes,
    int greatestInFlight,
    Latency all,
    Latency ofHits,
    Latency ofMisses) {
  /** Nothing was seen yet. */
  public static final EndpointWindow NONE =
      new EndpointWindow(
          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Latency.NONE, Latency.NONE, Latency.NONE);

  /** Exchanges that failed, without those in which the application had no part. */
  public long failures() {
    return Math.max(0, serverErrors - ourErrors); // they are not counted at one moment
  }

  /** Exchanges that ended, per second. */
  public double requestsPerSecond() {
    return seconds == 0 ? 0 : requests / seconds;
  }
}
