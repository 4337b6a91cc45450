package com.example.gateway;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What other answers include, forward to, or show as their error page. */
final class PartServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Object included = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
    switch (included == null ? request.getPathInfo() : included.toString()) {
      case "/included" -> {
        response.setHeader("X-Ignored-In-Include", "yes");
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.getWriter().print("included " + included);
      }
      case "/forwarded" -> {
        response.setContentType("text/plain; charset=UTF-8");
        response.setHeader("X-Forwarded-To", request.getServletPath());
        response
            .getWriter()
            .print("forwarded from " + request.getAttribute(RequestDispatcher.FORWARD_PATH_INFO));
      }
      case "/flushed" -> {
        response.getWriter().print("forwarded and ");
        response.flushBuffer();
        response.getWriter().print("flushed");
      }
      case "/again" -> request.getRequestDispatcher("/part/forwarded").forward(request, response);
      default -> {
        response.setContentType("text/plain; charset=UTF-8");
        response.setHeader("X-Error-Page", "yes");
        response
            .getWriter()
            .print(
                "error page for "
                    + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)
                    + ": "
                    + request.getAttribute(RequestDispatcher.ERROR_MESSAGE));
      }
    }
  }
}
