package dev.slipstream.config.rules;

import java.util.Locale;

/** A key within a rule's {@code budget}. */
enum BudgetKey {
  P95,
  ERROR_RATE;

  /** Returns the key as it is written, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
