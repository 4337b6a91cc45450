package com.example.servers;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers by {@code doGet} and {@code doPost}, as most servlets do. */
public final class PlainServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (path.endsWith("/refused")) {
      response.sendError(403);
    } else if (path.endsWith("/thrown")) {
      throw new IllegalStateException("as an application does");
    } else {
      Serving.answer(request, response);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Serving.answer(request, response);
  }
}
