package com.example.servers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers on another thread than the one it was called on. */
public final class AsyncServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Page page = Serving.page(request);
    AsyncContext context = request.startAsync();
    context.start(
        () -> {
          try {
            Serving.write(page, (HttpServletResponse) context.getResponse());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            context.complete();
          }
        });
  }
}
