package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;

/**
 * What the cache would have done for an endpoint where it only observes, since the start.
 *
 * @param endpoint method and path, identifiers written {@code {id}}
 * @param requests requests that were observed
 * @param wouldHit those that would have been answered from the cache
 * @param wouldBeStale those of them whose body had changed
 * @param wouldHaveLeaked those of them that another identity's body would have answered
 * @param savedBytes bytes of body that would not have been made anew
 * @param savedMillis milliseconds that making them took
 */
public record ObservedEndpoint(
    String endpoint,
    long requests,
    long wouldHit,
    long wouldBeStale,
    long wouldHaveLeaked,
    long savedBytes,
    long savedMillis) {
  /** What {@link #endpoint} is, under the name that JMX looks for, as are the following. */
  public String getEndpoint() {
    return endpoint;
  }

  /** See {@link #requests}. */
  public long getRequests() {
    return requests;
  }

  /** See {@link #wouldHit}. */
  public long getWouldHit() {
    return wouldHit;
  }

  /** See {@link #wouldBeStale}. */
  public long getWouldBeStale() {
    return wouldBeStale;
  }

  /** See {@link #wouldHaveLeaked}. */
  public long getWouldHaveLeaked() {
    return wouldHaveLeaked;
  }

  /** See {@link #savedBytes}. */
  public long getSavedBytes() {
    return savedBytes;
  }

  /** See {@link #savedMillis}. */
  public long getSavedMillis() {
    return savedMillis;
  }

  /** Rebuilds the record from what JMX sends. */
  public static ObservedEndpoint from(CompositeData data) {
    return new ObservedEndpoint(
        (String) data.get("endpoint"),
        (Long) data.get("requests"),
        (Long) data.get("wouldHit"),
        (Long) data.get("wouldBeStale"),
        (Long) data.get("wouldHaveLeaked"),
        (Long) data.get("savedBytes"),
        (Long) data.get("savedMillis"));
  }
}
