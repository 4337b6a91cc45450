package com.example.gateway;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with the URL that was asked for, so that another's answer can be told by its body. */
final class UrlServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int LINES = 200;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String line = request.getRequestURI() + "?" + request.getQueryString();
    switch (request.getPathInfo()) {
      case "/stored" -> response.setHeader("Cache-Control", Scenarios.MAX_AGE);
      case "/varied" -> {
        response.setHeader("Cache-Control", Scenarios.MAX_AGE);
        response.setHeader("Vary", "Accept-Language");
        line += " in " + request.getHeader("Accept-Language");
      }
      default -> response.setHeader("Cache-Control", "no-store");
    }
    response.setContentType("text/plain");
    response.getOutputStream().write(Text.bytes((line + "\n").repeat(LINES)));
  }
}
