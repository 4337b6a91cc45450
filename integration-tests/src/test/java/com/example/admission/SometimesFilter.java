package com.example.admission;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every other request itself, and passes the rest on. */
final class SometimesFilter implements Filter {
  private final AtomicInteger requests = new AtomicInteger();

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (requests.incrementAndGet() % 2 == 0) {
      response.getWriter().print("filter");
    } else {
      chain.doFilter(request, response);
    }
  }
}
