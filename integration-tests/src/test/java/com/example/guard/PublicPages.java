package com.example.guard;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Pages for everybody, behind filters that add fields, and a servlet that counts its runs. */
final class PublicPages extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final String TEXT = "A page for everybody. ".repeat(100);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    response.setHeader("X-Run", Integer.toString(RUNS.incrementAndGet()));
    response.setHeader("ETag", "\"1\"");
    response.setHeader("Cache-Control", cacheControl(path));
    response.setContentType("text/plain");
    if (path.startsWith("/async")) {
      var context = request.startAsync();
      context.start(
          () -> {
            try {
              write((HttpServletResponse) context.getResponse());
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            context.complete();
          });
    } else if (path.startsWith("/error")) {
      response.sendError(503);
    } else {
      write(response);
    }
  }

  private static String cacheControl(String path) {
    if (path.startsWith("/stale")) {
      return "max-age=1, stale-while-revalidate=600";
    }
    return path.startsWith("/secured") ? "public, max-age=600" : "max-age=600";
  }

  private static void write(HttpServletResponse response) throws IOException {
    response.getOutputStream().write(TEXT.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** What a filter does beside passing a request on. */
  interface Step {
    void take(HttpServletRequest request, HttpServletResponse response);
  }

  /** A filter that passes everything on, and does something before or after it. */
  static Filter filter(boolean before, Step step) {
    return new HttpFilter() {
      private static final long serialVersionUID = 1;

      @Override
      protected void doFilter(
          HttpServletRequest request, HttpServletResponse response, FilterChain chain)
          throws IOException, ServletException {
        if (before) {
          step.take(request, response);
        }
        chain.doFilter(request, response);
        if (!before) {
          step.take(request, response);
        }
      }
    };
  }

  /** Tells that filters have run, and is generous to other origins. */
  static Filter adding() {
    AtomicInteger runs = new AtomicInteger();
    return filter(
        /* before= */ true,
        (request, response) -> {
          response.setHeader("X-Filter-Run", Integer.toString(runs.incrementAndGet()));
          String origin = request.getHeader("Origin");
          if (origin != null) {
            response.setHeader("Access-Control-Allow-Origin", origin.toLowerCase(Locale.ROOT));
          }
        });
  }
}
