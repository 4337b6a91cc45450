package dev.slipstream.console.api;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What ties a request, its answer and the log together. */
final class CorrelationId {
  static final String FIELD = "X-Correlation-ID";

  /** Nothing that could break a log line or a page. */
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private CorrelationId() {}

  /** The client's if it is sane, else one of our own. */
  static String of(@Nullable String given) {
    return given != null && SANE.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }
}
