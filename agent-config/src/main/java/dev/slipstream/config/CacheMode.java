package dev.slipstream.config;

/** What the HTTP cache does. */
public enum CacheMode {
  /** Answers are stored and served. */
  SERVE,
  /** No byte of any response changes; what {@link #SERVE} would have done is counted. */
  OBSERVE,
  /** Every request passes through. */
  OFF
}
