package dev.slipstream.engine.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** May a response be stored? (RFC 9111 §3, for a shared cache) Pure. */
final class StoragePolicy {
  private StoragePolicy() {}

  /**
   * Why a response may not be stored, or null if it may.
   *
   * @param identified whether the exchange has an identity that the key does not tell apart
   * @param lifetimeMillis the response's freshness lifetime, or {@link Freshness#UNSTATED}
   */
  static @Nullable Refusal refusal(
      ResponseHead head, CacheControl stated, boolean identified, long lifetimeMillis) {
    int status = head.status();
    Fields fields = head.fields();
    if (status < 200 || status == 206 || status == 304) {
      return Refusal.STATUS;
    }
    if (stated.has("no-store")) {
      return Refusal.NO_STORE;
    }
    if (stated.has("private")) {
      return Refusal.PRIVATE;
    }
    if (stated.has("no-cache")) {
      return Refusal.NO_CACHE;
    }
    if (fields.contains("Set-Cookie") || fields.contains("Set-Cookie2")) {
      return Refusal.SET_COOKIE;
    }
    if (fields.all("Vary").stream().anyMatch(value -> value.contains("*"))) {
      return Refusal.VARY_ANY;
    }
    if (identified && !isExplicitlyShared(stated)) {
      return Refusal.CREDENTIALS;
    }
    if (lifetimeMillis <= 0) {
      return Refusal.NOT_FRESH;
    }
    String type = fields.first("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
      return Refusal.EVENT_STREAM;
    }
    return null;
  }

  /** Whether the response may answer requests with credentials (RFC 9111 §3.5). */
  static boolean isExplicitlyShared(CacheControl stated) {
    return stated.has("public") || stated.has("s-maxage") || stated.has("must-revalidate");
  }
}
