package dev.slipstream.engine.redis;

import org.jspecify.annotations.Nullable;

/** Reads the reply of INFO: lines of a name, a colon and a value. */
final class Information {
  private Information() {}

  /** The value of a field; empty where there is none. */
  static String text(String information, String field) {
    return information
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  static @Nullable Long number(String information, String field) {
    String text = text(information, field);
    return text.isEmpty() ? null : Long.valueOf(text);
  }
}
