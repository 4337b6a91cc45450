package com.example.servers;

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
 * Answers what is below {@code /filtered/} itself, as web frameworks do, and passes the rest on.
 */
public final class AnsweringFilter implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    if (asked.getRequestURI().contains("/filtered/")) {
      Serving.answer(asked, (HttpServletResponse) response);
    } else {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {}
}
