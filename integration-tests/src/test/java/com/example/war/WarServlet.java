package com.example.war;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers in the ways that could make somebody else hold on to it. */
public final class WarServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (request.getServletPath()) {
      case "/fresh" -> fresh(response, "fresh");
      case "/private" -> {
        response.setHeader("Cache-Control", "private");
        response.getOutputStream().print("private");
      }
      case "/session" -> {
        request.getSession().setAttribute("servlet", this);
        fresh(response, "session");
      }
      case "/async" -> {
        AsyncContext context = request.startAsync();
        context.start(() -> answer(context));
      }
      default -> throw new WarException();
    }
  }

  private static void answer(AsyncContext context) {
    try {
      fresh((HttpServletResponse) context.getResponse(), "async");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.complete();
  }

  private static void fresh(HttpServletResponse response, String body) throws IOException {
    response.setHeader("Cache-Control", "max-age=600");
    response.getWriter().print(body);
  }

  /** An exception of a class of the web application. */
  private static final class WarException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WarException() {
      super("as an application does");
    }
  }
}
