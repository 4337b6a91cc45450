package dev.slipstream.engine.optimize;

import dev.slipstream.config.Settings;
import dev.slipstream.engine.http.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about answers that are not stored for a reason.
 *
 * @param message in a sentence
 * @param change the line to change
 */
record Recipe(String message, String change) {
  private static final int BYTES_IN_KILOBYTE = 1_024;

  /** That for a reason, or null where nothing should be done. */
  static @Nullable Recipe of(Refusal why, Settings settings) {
    return switch (why) {
      case NOT_FRESH ->
          new Recipe(
              "Say for how long answers are fresh that do not say it themselves",
              "ttl: 10s, in a rule for the path");
      case CREDENTIALS ->
          new Recipe(
              "Say how answers to requests with credentials are to be cached",
              "cache_authenticated: true, in a rule for the path");
      case SET_COOKIE ->
          new Recipe("Let the application set no cookie in answers that could be shared", "");
      case TOO_LARGE ->
          new Recipe(
              "Let larger bodies be stored, if memory allows",
              "max_body: " + 2L * settings.http().maxBodyBytes() / BYTES_IN_KILOBYTE + "KB");
      case TOO_MANY_VARIANTS ->
          new Recipe(
              "Let a URL have more variants, or Vary name fewer fields",
              "max_variants: " + 2 * settings.http().maxVariants());
      default -> null;
    };
  }
}
