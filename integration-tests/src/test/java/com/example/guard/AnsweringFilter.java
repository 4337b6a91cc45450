package com.example.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Answers some requests, for anyone to cache, and passes the others on. */
class AnsweringFilter extends HttpFilter {
  private static final long serialVersionUID = 1;
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final transient Predicate<HttpServletRequest> answers;
  private final int status;
  private final String text;

  AnsweringFilter(int status, String text, Predicate<HttpServletRequest> answers) {
    this.status = status;
    this.text = text;
    this.answers = answers;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (answers.test(request)) {
      answer(response, status, text);
    } else {
      chain.doFilter(request, response);
    }
  }

  static void answer(HttpServletResponse response, int status, String text) throws IOException {
    response.setStatus(status);
    response.setHeader("Cache-Control", "max-age=600");
    response.setHeader("X-Run", Integer.toString(RUNS.incrementAndGet()));
    response.getWriter().print(text);
  }
}
