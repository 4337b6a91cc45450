package dev.slipstream.console.history;

import java.util.Locale;

/** A figure of a gateway, or of all, that has a history; shares are 0 to 1. */
public enum Figure {
  /** Exchanges since the point before. */
  REQUESTS_PER_SECOND,
  /** Hits of hits and misses, of the exchanges since the point before. */
  HIT_RATE,
  /** Look-ups in L1 that found something, since the point before. */
  L1_HIT_RATE,
  /** Look-ups in L2 that found something, since the point before. */
  L2_HIT_RATE,
  /** Median of the minute before, as are the percentiles that follow. */
  P50_MS,
  /** 95th percentile. */
  P95_MS,
  /** 99th percentile. */
  P99_MS,
  /** Exchanges that failed or were answered with a status from 500, since the point before. */
  ERROR_RATE,
  /** Use of processors, weighted by how many each gateway may use. */
  CPU_PERCENT,
  /** Use of memory, weighted by the size of each heap. */
  MEMORY_PERCENT,
  /** Memory that entries take in gateways. */
  L1_BYTES,
  /** Entries in gateways. */
  L1_ENTRIES,
  /** 95th percentile of L2; of several gateways the greatest, which the common one is not above. */
  L2_P95_MS,
  /** Entries that L1 dropped for want of room. */
  EVICTIONS_PER_SECOND,
  /** Errors of agents and of operations on Redis. */
  ERRORS_PER_SECOND,
  /** Time that the hits since the point before saved, as much each as hits did since the start. */
  SAVED_MS_PER_SECOND,
  /** Exchanges that applications are at. */
  IN_FLIGHT,
  /** 95th percentile of hits. */
  HITS_P95_MS,
  /** 95th percentile of what applications were asked for. */
  MISSES_P95_MS;

  /** Figures of an endpoint that have a history; all are of the minute before. */
  public enum OfEndpoint {
    /** Exchanges. */
    REQUESTS_PER_SECOND,
    /** Median. */
    P50_MS,
    /** 95th percentile. */
    P95_MS,
    /** 99th percentile. */
    P99_MS,
    /** 95th percentile of hits. */
    HITS_P95_MS,
    /** 95th percentile of what the application was asked for. */
    MISSES_P95_MS,
    /** Hits of hits and misses. */
    HIT_RATE,
    /** Exchanges that failed or were answered with a status from 500. */
    ERROR_RATE
  }

  /** Its name in the API. */
  static String label(Enum<?> figure) {
    return figure.name().toLowerCase(Locale.ROOT);
  }
}
