package com.example.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/**
 * An error as the client sees it (RFC 9457).
 *
 * <p>Title and detail are written as they are: they come from this program, never from a request.
 */
record Problem(int status, String title, String detail) {

  static final String MEDIA_TYPE = "application/problem+json";

  String json() {
    return String.format(
        Locale.ROOT,
        """
        {"type":"about:blank","status":%d,"title":"%s","detail":"%s"}""",
        status,
        title,
        detail);
  }

  void send(HttpServletResponse response) throws IOException {
    Body.send(response, status, MEDIA_TYPE, json());
  }
}
