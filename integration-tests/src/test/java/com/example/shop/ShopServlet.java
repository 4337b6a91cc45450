package com.example.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers every path with a number that grows, and says nothing of caching: the same number twice
 * is an answer from a cache. PUT to {@code /backend/down} and {@code /backend/up} decides whether
 * it can answer at all.
 */
final class ShopServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (down.get()) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else if (path.endsWith("/unknown")) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
    if (path.startsWith("/articles/")) {
      response.setHeader("Surrogate-Key", "article" + path.substring(9).replace('/', '-'));
    }
    String language = path.startsWith("/news") ? request.getHeader("Accept-Language") : null;
    write(response, path + (language == null ? "" : " in " + language));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] asked = request.getInputStream().readAllBytes();
    write(response, request.getRequestURI() + " " + new String(asked, StandardCharsets.UTF_8));
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response) {
    if (request.getRequestURI().startsWith("/backend/")) {
      down.set(request.getRequestURI().endsWith("/down"));
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private void write(HttpServletResponse response, String what) throws IOException {
    String text = "answer " + answers.incrementAndGet() + ": " + what + "\n";
    if (what.startsWith("/report")) {
      text += "word ".repeat(2_000);
    }
    response.setContentType("text/plain");
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
