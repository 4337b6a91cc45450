package dev.slipstream.config;

/** What the HTTP cache does. */
public enum CacheMode {
  /** Answers are stored and served. */
  SERVE,
  /** Every request passes through. */
  OFF
}
