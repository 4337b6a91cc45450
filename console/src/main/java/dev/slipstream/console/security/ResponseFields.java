package dev.slipstream.console.security;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a browser is told with every answer about what it may do with it. */
public final class ResponseFields {
  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  /** Scripts and styles of ours alone, requests to us alone. */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String NO_FEATURES =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
  private static final String A_YEAR_OF_TLS = "max-age=31536000";

  private final Map<String, String> api;
  private final Map<String, String> page;

  /** Those of a server with TLS, or without. */
  public ResponseFields(boolean tls) {
    this.api = fields(API_POLICY, tls);
    this.page = fields(PAGE_POLICY, tls);
  }

  /** The fields of an answer to a path, by name. */
  public Map<String, String> of(String path) {
    return path.startsWith("/api/") || path.equals("/metrics") ? api : page;
  }

  private static Map<String, String> fields(String policy, boolean tls) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Cache-Control", "no-store");
    fields.put("Content-Security-Policy", policy);
    fields.put("Cross-Origin-Opener-Policy", "same-origin");
    fields.put("Cross-Origin-Resource-Policy", "same-origin");
    fields.put("Permissions-Policy", NO_FEATURES);
    fields.put("Referrer-Policy", "no-referrer");
    fields.put("X-Content-Type-Options", "nosniff");
    fields.put("X-Frame-Options", "DENY");
    if (tls) {
      fields.put("Strict-Transport-Security", A_YEAR_OF_TLS);
    }
    return Map.copyOf(fields);
  }
}
