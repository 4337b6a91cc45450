package com.example.effects;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the gateway is asked for: {@code /orders}, {@code /catalogue}, {@code /page} and {@code
 * /large} of their backends, {@code /report} and {@code /checkout} of the processor, {@code /fast}
 * of nothing.
 */
final class BackendServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int PAGE_LINES = 100;
  private static final int LARGE_LINES = 1_000;

  /** About a millisecond's on a core of 3 GHz. */
  private static final long ROUNDS_A_MILLI = 700_000;

  private final transient Troubles troubles;

  BackendServlet(Troubles troubles) {
    this.troubles = troubles;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    String first = path.split("/", 3)[1];
    switch (first) {
      case "report" -> burn(20);
      case "checkout" -> burn(1);
      case "fast" -> {}
      default -> troubles.backend(first).call();
    }
    String lifetime =
        switch (first) {
          case "catalogue" -> "max-age=1, stale-if-error=600";
          case "page", "large" -> "max-age=3600";
          default -> "no-store";
        };
    response.setHeader("Cache-Control", lifetime);
    int lines =
        switch (first) {
          case "page" -> PAGE_LINES;
          case "large" -> LARGE_LINES;
          default -> 1;
        };
    byte[] body =
        (path + " is what was asked for\n").repeat(lines).getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Work of a fixed size, and not of a fixed time, is what a saturated processor is late with. */
  private static void burn(int millis) {
    long value = System.nanoTime();
    for (long i = 0; i < millis * ROUNDS_A_MILLI; i++) {
      value = value * 6_364_136_223_846_793_005L + i;
    }
    if (value == System.nanoTime()) {
      throw new IllegalStateException("cannot be: it keeps the loop from being left out");
    }
  }
}
