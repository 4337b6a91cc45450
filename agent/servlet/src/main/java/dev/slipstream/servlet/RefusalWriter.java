package dev.slipstream.servlet;

import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Doorkeeper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes what a client gets whose request is refused: 503, and when to come again. */
final class RefusalWriter {
  private RefusalWriter() {}

  /**
   * Writes the whole answer. Returns the client's failure, as the application would have met it.
   */
  static @Nullable Throwable write(
      HttpServletRequest request, HttpServletResponse response, Doorkeeper.Refuse refuse) {
    response.setStatus(Doorkeeper.Refuse.STATUS);
    response.setHeader("Retry-After", refuse.retryAfter());
    response.setHeader("Cache-Control", "no-store");
    response.addHeader(CacheStatus.FIELD, refuse.cacheStatus());
    response.setContentType(Doorkeeper.Refuse.CONTENT_TYPE);
    byte[] body = refuse.body();
    response.setContentLength(body.length);
    if (request.getMethod().equals("HEAD")) {
      return null;
    }
    try {
      try {
        response.getOutputStream().write(body);
      } catch (IllegalStateException e) {
        response.getWriter().write(new String(body, StandardCharsets.US_ASCII)); // a filter's
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
