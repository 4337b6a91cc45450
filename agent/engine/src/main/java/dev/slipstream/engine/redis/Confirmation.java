package dev.slipstream.engine.redis;

/** What L2 says of an entry that this gateway holds. */
public enum Confirmation {
  /** It was invalidated. */
  INVALIDATED,
  /** It is valid. */
  VALID,
  /** Another entry has come in its place. */
  REPLACED,
  /** L2's memory does not reach back so far: it was lost, and has come back without it. */
  UNKNOWN,
  /** L2 is not used now. */
  LOST,
  /** L2 is used, and did not answer in time. */
  UNANSWERED
}
