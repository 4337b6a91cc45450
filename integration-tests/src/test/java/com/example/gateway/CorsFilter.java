package com.example.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Adds fields that depend on the request, as CORS and correlation filters do. */
final class CorsFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private final boolean vary;

  CorsFilter(boolean vary) {
    this.vary = vary;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String origin = request.getHeader("Origin");
    if (origin != null) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.addHeader("X-Correlation", "for " + origin);
      response.addHeader("X-Correlation", "second");
    }
    if (vary) {
      response.addHeader("Vary", "Origin");
    }
    chain.doFilter(request, response);
  }
}
