package com.example.war;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Puts wrappers of the web application's own around request and response. */
public final class WarFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(
        new Request((HttpServletRequest) request), new Response((HttpServletResponse) response));
  }

  private static final class Request extends HttpServletRequestWrapper {
    Request(HttpServletRequest request) {
      super(request);
    }
  }

  private static final class Response extends HttpServletResponseWrapper {
    Response(HttpServletResponse response) {
      super(response);
    }
  }
}
