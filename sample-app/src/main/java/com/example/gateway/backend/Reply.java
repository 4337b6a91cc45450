package com.example.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the backend answers: a status, fields and a body, sent after a delay.
 *
 * <p>The body array is shared, not copied; nobody writes to it once the reply is made.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> fields, byte[] body, Duration delay) {

  Reply {
    fields = Map.copyOf(fields);
  }

  static Reply json(String body, Duration delay) {
    return new Reply(200, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8), delay);
  }

  static Reply png(byte[] image, Duration delay) {
    return new Reply(200, Map.of("Content-Type", "image/png"), image, delay);
  }

  static Reply failure(int status, String title) {
    var body = String.format(Locale.ROOT, "{\"status\":%d,\"title\":\"%s\"}", status, title);
    var fields = Map.of("Content-Type", "application/problem+json");
    return new Reply(status, fields, body.getBytes(UTF_8), Duration.ZERO);
  }

  /** This reply with one more field. */
  Reply with(String field, String value) {
    var more = new HashMap<>(fields);
    more.put(field, value);
    return new Reply(status, more, body, delay);
  }

  /** This reply as the answer to a condition that holds: the same fields and no body. */
  Reply notModified() {
    return new Reply(304, fields, new byte[0], delay);
  }

  /** Whether the client's copy, known by one of its validators, is this very reply. */
  boolean matches(String field, String validator) {
    return validator.equals(fields.get(field));
  }
}
