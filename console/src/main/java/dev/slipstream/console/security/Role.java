package dev.slipstream.console.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; each role may do what those before it may. */
public enum Role {
  /** No token was sent. */
  NONE,
  /** May read. */
  VIEWER,
  /** May change, too. */
  OPERATOR;

  /** The name in the API and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The role of a token by its name. */
  public static Optional<Role> ofToken(String label) {
    return Arrays.stream(values())
        .filter(role -> role != NONE && role.label().equals(label))
        .findFirst();
  }
}
