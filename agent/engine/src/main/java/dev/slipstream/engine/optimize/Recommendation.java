package dev.slipstream.engine.optimize;

import java.util.Locale;
import java.util.Objects;

/**
 * What an operator should change, and why.
 *
 * @param type what it is about, in lower case with underscores
 * @param severity how much it matters
 * @param message what to do, in a sentence
 * @param evidence what was measured, in numbers
 * @param change the line of configuration to change; empty where there is none
 * @param expected what is to be expected of that; empty where there is none
 */
record Recommendation(
    String type,
    Severity severity,
    String message,
    String evidence,
    String change,
    String expected) {
  /** How much it matters. */
  enum Severity {
    CRITICAL,
    WARNING,
    INFO;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Recommendation {
    Objects.requireNonNull(severity);
    if (evidence.isBlank()) {
      throw new IllegalArgumentException("no advice without evidence: " + type);
    }
  }

  /** The same with other evidence. */
  Recommendation withEvidence(String other) {
    return new Recommendation(type, severity, message, other, change, expected);
  }
}
