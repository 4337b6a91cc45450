package dev.slipstream.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the dashboard.
 *
 * @param tag its entity tag (RFC 9110 §8.8.3); weak, since it may be sent compressed or not
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and handed to the server as it is
record WebFile(byte[] bytes, String type, String tag) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "LICENSE", "text/plain; charset=utf-8");

  private static final int TAG_BYTES = 12;

  /** Reads it from the resources. */
  static WebFile of(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    try (InputStream stream = WebFile.class.getResourceAsStream(path)) {
      byte[] bytes = Objects.requireNonNull(stream, path).readAllBytes();
      return new WebFile(
          bytes, Objects.requireNonNull(TYPES.get(ending), path), "W/\"" + digest(bytes) + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a list of entity tags names this one (RFC 9110 §13.1.2, weak comparison). */
  boolean isNamedBy(@Nullable String field) {
    return field != null
        && Stream.of(field.split(","))
            .map(String::strip)
            .map(given -> given.startsWith("W/") ? given : "W/" + given)
            .anyMatch(given -> given.equals(tag) || given.equals("W/*"));
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
