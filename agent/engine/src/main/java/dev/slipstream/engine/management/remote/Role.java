package dev.slipstream.engine.management.remote;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user of the connector may do. */
enum Role {
  /** May read. */
  READER,
  /** May change, too. */
  OPERATOR;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> of(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
  }
}
