package com.example.gateway;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers at the paths that rules are usually for, and says nothing about caching of its own.
 *
 * <p>What it answers is asked for in fields of the request, so that one URL can be answered in
 * several ways: {@code X-Status}, {@code X-Add} (a field as it is sent) and {@code X-Size}.
 */
final class CatalogueServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final String[] PATTERNS = {
    "/rules/*", "/api/*", "/docs/*", "/redoc/*", "/metrics/*", "/openapi.json"
  };

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Runs.enter(request);
    Runs.count(request);
    String status = request.getHeader("X-Status");
    if (status != null) {
      response.setStatus(Integer.parseInt(status));
    }
    String field = request.getHeader("X-Add");
    if (field != null) {
      int colon = field.indexOf(':');
      response.addHeader(field.substring(0, colon), field.substring(colon + 1).trim());
    }
    response.setContentType("text/plain;charset=UTF-8");
    StringBuilder text = new StringBuilder("run ").append(Runs.of(request));
    String user = request.getHeader("Authorization");
    if (user != null) {
      text.append(" for ").append(user);
    }
    String size = request.getHeader("X-Size");
    while (size != null && text.length() < Integer.parseInt(size)) {
      text.append('.');
    }
    response.getOutputStream().write(Text.bytes(text.toString()));
  }
}
