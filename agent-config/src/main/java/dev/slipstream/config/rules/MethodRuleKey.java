package dev.slipstream.config.rules;

import java.util.Locale;

/** A key of a rule for a method in the YAML file. */
enum MethodRuleKey {
  METHOD,
  TTL,
  NAMESPACE,
  TAGS,
  KEY,
  ENABLED;

  /** Returns the key as it is written, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
