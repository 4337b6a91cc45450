package com.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A short text response, written whole. */
final class Body {

  private Body() {}

  static void send(HttpServletResponse response, int status, String mediaType, String text)
      throws IOException {
    var bytes = text.getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType(mediaType);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
