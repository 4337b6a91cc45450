package dev.slipstream.engine.optimize;

import java.util.Locale;

/** What an activation brought. */
enum Verdict {
  /** It is still being measured. */
  PENDING,
  /** What it is for got better. */
  HELPED,
  /** Nothing changed beyond noise. */
  NO_EFFECT,
  /** What it must not hurt got worse, and what it is for did not get better. */
  HARMED,
  /** It was only observed, ended too early, or before and after cannot be compared. */
  UNKNOWN;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
