package dev.slipstream.engine.codec;

/** Why bytes are no entry. */
public enum Unreadable {
  /** Written by another version of the agent. */
  VERSION,
  /** Not what was written under this key: cut, changed, moved there, or hostile. */
  DAMAGED,
  /** Encrypted with a key that is not configured here, or in clear where one is. */
  KEY_UNKNOWN,
  /** Larger than any entry may be. */
  TOO_LARGE
}
