package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;

/**
 * How an endpoint has done since the start.
 *
 * @param endpoint method and template, or method and path with identifiers written {@code {id}}
 * @param requests requests that were answered
 * @param hits those of them that were answered from the cache
 * @param errors those of them that failed, or were answered with a status from 500
 * @param totalMicros microseconds that all of them took
 * @param greatestMicros microseconds that the slowest took
 */
public record EndpointStatistics(
    String endpoint, long requests, long hits, long errors, long totalMicros, long greatestMicros) {
  /** What {@link #endpoint} is, under the name that JMX looks for, as are the following. */
  public String getEndpoint() {
    return endpoint;
  }

  /** See {@link #requests}. */
  public long getRequests() {
    return requests;
  }

  /** See {@link #hits}. */
  public long getHits() {
    return hits;
  }

  /** See {@link #errors}. */
  public long getErrors() {
    return errors;
  }

  /** See {@link #totalMicros}. */
  public long getTotalMicros() {
    return totalMicros;
  }

  /** See {@link #greatestMicros}. */
  public long getGreatestMicros() {
    return greatestMicros;
  }

  /** Rebuilds the record from what JMX sends. */
  public static EndpointStatistics from(CompositeData data) {
    return new EndpointStatistics(
        (String) data.get("endpoint"),
        (Long) data.get("requests"),
        (Long) data.get("hits"),
        (Long) data.get("errors"),
        (Long) data.get("totalMicros"),
        (Long) data.get("greatestMicros"));
  }
}
