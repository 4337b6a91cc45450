package com.example.gateway;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves one static file under a path of its own. */
final class PageServlet extends HttpServlet {

  private final String file;

  PageServlet(String file) {
    this.file = file;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher(file).forward(request, response);
  }
}
