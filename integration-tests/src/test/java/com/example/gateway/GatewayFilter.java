package com.example.gateway;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A gateway that is a filter: answers scenarios below its path, and passes on what is not below it.
 */
final class GatewayFilter implements Filter {
  private static final String BELOW = "/filtered";

  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String path = http.getRequestURI().substring(http.getContextPath().length());
    if (path.startsWith(BELOW + '/')) {
      ScenarioAnswers.answer(
          BELOW, path.substring(BELOW.length()), http, (HttpServletResponse) response);
    } else {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {}
}
