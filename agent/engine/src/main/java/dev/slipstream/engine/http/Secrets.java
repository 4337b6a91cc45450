package dev.slipstream.engine.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which header fields may carry a secret, whose values are not shown to anybody. */
final class Secrets {
  /** What is shown in place of a secret. */
  static final String MASK = "***";

  private static final List<String> WORDS =
      List.of(
          "auth",
          "cookie",
          "token",
          "secret",
          "password",
          "api-key",
          "apikey",
          "session",
          "credential",
          "signature",
          "csrf",
          "xsrf");

  private final Set<String> fields = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Knows the fields of the settings, too.
   *
   * @param credentialFields fields that say who is asking
   */
  Secrets(List<String> credentialFields) {
    fields.addAll(credentialFields);
  }

  /** Whether the values of a field are masked. */
  boolean areIn(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return fields.contains(field) || WORDS.stream().anyMatch(name::contains);
  }
}
