package dev.slipstream.config;

/** How readily the optimizer acts. */
public enum OptimizationLevel {
  /** Late and gently. */
  CONSERVATIVE,
  /** In between. */
  BALANCED,
  /** Early and firmly. */
  AGGRESSIVE,
  /** By the measured effect of what it did before. */
  ADAPTIVE
}
