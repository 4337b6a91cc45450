package dev.slipstream.config.rules;

/** Which requests are refused first where not all can be answered. Hits are never refused. */
public enum Priority {
  /** Last of all. */
  CRITICAL,
  /** In between. */
  DEFAULT,
  /** First of all, and all of them in an emergency. */
  SHEDDABLE
}
