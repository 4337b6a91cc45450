package dev.slipstream.config;

/** What the optimizer does when one of its rules fires. */
public enum PerformanceMode {
  /** It acts. */
  ACT,
  /** It records what it would have done, and does nothing. */
  OBSERVE,
  /** It does not even look. */
  OFF
}
