package dev.slipstream.console.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request in the access log: the combined format of web servers, then the correlation id and
 * milliseconds. Its query is left out, and so is Authorization.
 *
 * @param bytes length of the body that was sent
 */
record AccessLine(
    String peer,
    String who,
    Instant at,
    String method,
    String path,
    String protocol,
    int status,
    long bytes,
    @Nullable String referer,
    @Nullable String userAgent,
    @Nullable String correlationId,
    Duration took) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST = 512;

  String text() {
    return String.join(
        " ",
        plain(peer),
        "-",
        plain(who),
        "[" + TIME.format(at) + "]",
        quoted(method + " " + path + " " + protocol),
        Integer.toString(status),
        Long.toString(bytes),
        quoted(withoutQuery(referer)),
        quoted(userAgent),
        quoted(correlationId),
        Long.toString(took.toMillis()));
  }

  private static @Nullable String withoutQuery(@Nullable String url) {
    if (url == null) {
      return null;
    }
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }

  private static String plain(String text) {
    String escaped = escaped(text).replace(' ', '_');
    return escaped.isEmpty() ? "-" : escaped;
  }

  private static String quoted(@Nullable String text) {
    return text == null || text.isEmpty() ? "\"-\"" : "\"" + escaped(text) + "\"";
  }

  /** Nothing but printable ASCII without quotes: a line can neither end early nor be forged. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char character = text.charAt(i);
      if (character < ' ' || character > '~' || character == '"' || character == '\\') {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
