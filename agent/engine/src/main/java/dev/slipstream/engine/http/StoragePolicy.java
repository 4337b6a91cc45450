package dev.slipstream.engine.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** May a response be stored? (RFC 9111 §3, for a shared cache) Pure. */
final class StoragePolicy {
  /** The final statuses of RFC 9110 §15, 206 and 304 left out, and of RFC 6585 and 7725. */
  private static final Set<Integer> UNDERSTOOD =
      Set.of(
          200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 305, 307, 308, 400, 401, 402, 403, 404,
          405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 428, 429,
          431, 451, 500, 501, 502, 503, 504, 505, 511);

  /** What answers a condition, an expectation or a range of one request, and says nothing else. */
  private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(304, 412, 416, 417);

  private StoragePolicy() {}

  /**
   * Why a response may not be stored, or null if it may.
   *
   * @param identified whether the exchange has an identity that the key does not tell apart
   * @param lifetime for how long it may be used
   * @param ageMillis its age
   */
  static @Nullable Refusal refusal(
      ResponseHead head, Stated stated, boolean identified, Lifetime lifetime, long ageMillis) {
    int status = head.status();
    Fields fields = head.fields();
    boolean mustUnderstand = stated.has("must-understand");
    if (status < 200
        || ABOUT_THE_REQUEST.contains(status)
        || (status == 206 && !isPart(fields))
        || (mustUnderstand && !UNDERSTOOD.contains(status) && status != 206)) {
      return Refusal.STATUS;
    }
    if (stated.has("no-store") && !mustUnderstand) { // RFC 9111 §5.2.2.3
      return Refusal.NO_STORE;
    }
    if (stated.control().hasWhole("private")) {
      return Refusal.PRIVATE;
    }
    if (fields.contains("Set-Cookie") || fields.contains("Set-Cookie2")) {
      return Refusal.SET_COOKIE;
    }
    if (fields.all("Vary").stream().anyMatch(value -> value.contains("*"))) {
      return Refusal.VARY_ANY;
    }
    if (identified && !stated.isExplicitlyShared()) {
      return Refusal.CREDENTIALS;
    }
    if (isEventStream(fields)) { // before its lifetime: what has none may be watched
      return Refusal.EVENT_STREAM;
    }
    if (lifetime.alwaysValidated() && !hasValidator(fields)) {
      return Refusal.NO_CACHE;
    }
    if (!lifetime.isStated() && !lifetime.alwaysValidated()) {
      return Refusal.NOT_FRESH;
    }
    if (lifetime.freshMillis() <= ageMillis
        && !hasValidator(fields)
        && ageMillis - lifetime.freshMillis() >= lifetime.longestStaleMillis()) {
      return Refusal.NOT_FRESH;
    }
    return null;
  }

  /** Whether a response is a stream of server-sent events, which may never end. */
  static boolean isEventStream(Fields fields) {
    String type = fields.first("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  private static boolean isPart(Fields fields) {
    ContentRange range = ContentRange.parse(fields.first("Content-Range"));
    return range != null && !range.isUnsatisfied();
  }

  /** Whether a response can be validated (RFC 9111 §4.3.1). */
  static boolean hasValidator(Fields fields) {
    return fields.contains("ETag") || fields.contains("Last-Modified");
  }
}
