package dev.slipstream.servlet;

import dev.slipstream.config.CacheMode;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.CacheStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The method PURGE: drops what is stored for the request's URL, or makes it stale. It is on where a
 * token is set, and for requests that know it.
 */
final class Purge {
  private static final String METHOD = "PURGE";
  private static final String TOKEN_FIELD = "X-Purge-Token";
  private static final String SOFT_FIELD = "X-Purge-Soft";

  private final Engine engine;
  private final byte @Nullable [] token;

  Purge(Engine engine) {
    this.engine = engine;
    boolean observing = engine.settings().cache().mode() == CacheMode.OBSERVE;
    String configured = observing ? null : engine.settings().http().purgeToken();
    this.token = configured == null ? null : configured.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a request is one: else it is the application's. */
  boolean isMeant(HttpServletRequest request) {
    return token != null && METHOD.equals(request.getMethod());
  }

  /** Answers it: 200 with the number of entries, 403 without the token. */
  void answer(ServletRequestView view, HttpServletResponse response) {
    String sent = view.field(TOKEN_FIELD);
    if (token == null
        || sent == null
        || !MessageDigest.isEqual(token, sent.getBytes(StandardCharsets.UTF_8))) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      response.setHeader(CacheStatus.FIELD, CacheStatus.detail("purge-token"));
      return;
    }
    boolean soft =
        "true".equalsIgnoreCase(view.field(SOFT_FIELD)) || "1".equals(view.field(SOFT_FIELD));
    long entries = engine.httpCache().purge(view, soft);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader(CacheStatus.FIELD, CacheStatus.detail(soft ? "made-stale" : "purged"));
    response.setHeader("X-Purged-Entries", Long.toString(entries));
    response.setContentLength(0);
  }
}
