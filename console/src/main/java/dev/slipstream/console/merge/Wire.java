package dev.slipstream.console.merge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What MBeans say as the API gives it. */
public final class Wire {
  private Wire() {}

  /** An empty text, with which MBeans say that there is none, is null. */
  public static @Nullable String text(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** A time in milliseconds since 1970 in ISO 8601. */
  public static @Nullable String at(@Nullable Long millis) {
    return millis == null ? null : at(Instant.ofEpochMilli(millis));
  }

  /** A time in ISO 8601, to the millisecond. */
  public static String at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
