package com.example.gateway;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows the request counts as plain text. */
final class MetricsServlet extends HttpServlet {

  private final transient Traffic traffic;

  MetricsServlet(Traffic traffic) {
    this.traffic = traffic;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    Body.send(response, 200, "text/plain;charset=utf-8", traffic.text());
  }
}
