package com.example.servers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The pages of this web application, written to servlet responses. */
public final class Serving {
  private static final Pages PAGES = new Pages();

  private Serving() {}

  public static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(PAGES.answer(new AskedOfServlet(request)), response);
  }

  static Page page(HttpServletRequest request) throws IOException {
    return PAGES.answer(new AskedOfServlet(request));
  }

  static void write(Page page, HttpServletResponse response) throws IOException {
    response.setStatus(page.status());
    page.fields()
        .forEach(
            (name, value) -> {
              if (name.equals("Content-Type")) {
                response.setContentType(value);
              } else {
                response.addHeader(name, value);
              }
            });
    if (page.body().length > 0) {
      response.setContentLength(page.body().length);
      OutputStream out = response.getOutputStream();
      out.write(page.body());
    }
  }

  private static final class AskedOfServlet implements Asked {
    private final HttpServletRequest request;

    AskedOfServlet(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public String path() {
      return request.getRequestURI();
    }

    @Override
    public @Nullable String query() {
      return request.getQueryString();
    }

    @Override
    public @Nullable String field(String name) {
      return request.getHeader(name);
    }

    @Override
    public byte[] content() throws IOException {
      return request.getInputStream().readAllBytes();
    }
  }
}
