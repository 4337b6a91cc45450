package com.example.speed;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Writes the same bytes to everybody, from memory: in gzip where it has that and is asked for. */
final class BodyServlet extends HttpServlet {
  static final LongAdder ASKED = new LongAdder();
  private static final String TAG = "\"1\"";
  private static final long serialVersionUID = 1;

  private final byte[] body;
  private final byte[] compressed;
  private final String control;
  private final boolean likeHit;

  /**
   * Makes one.
   *
   * @param compressed the body in gzip; null for none
   * @param control its Cache-Control; null for none
   */
  BodyServlet(byte[] body, byte[] compressed, String control) {
    this(body, compressed, control, false);
  }

  private BodyServlet(byte[] body, byte[] compressed, String control, boolean likeHit) {
    this.body = body;
    this.compressed = compressed;
    this.control = control;
    this.likeHit = likeHit;
  }

  /** One that says all that a hit says. */
  static BodyServlet likeHit(byte[] body, byte[] compressed, String control) {
    return new BodyServlet(body, compressed, control, true);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ASKED.increment();
    if (control != null) {
      response.setHeader("Cache-Control", control);
    }
    response.setHeader("ETag", TAG);
    if (likeHit) {
      response.setHeader("Age", "1");
      response.setHeader("Cache-Status", "Slipstream; hit; ttl=3599");
    }
    if (TAG.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] sent = body;
    if (compressed != null) {
      response.setHeader("Vary", "Accept-Encoding");
      String accepted = request.getHeader("Accept-Encoding");
      if (accepted != null && accepted.contains("gzip")) {
        response.setHeader("Content-Encoding", "gzip");
        sent = compressed;
      }
    }
    response.setContentType("application/json");
    response.setContentLength(sent.length);
    response.getOutputStream().write(sent);
  }
}
