package dev.slipstream.engine.optimize;

/** What happens to an activation. */
public enum Change {
  /** It has begun. */
  ENTERED,
  /** Its effect is known. */
  JUDGED,
  /** It has ended. */
  LEFT
}
