package com.example.gateway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers {@code /WAY} with the request's body as it is seen when read in that way. */
final class BodyServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Runs.enter(request);
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      Runs.count(request);
      Runs.stamp(request, response);
    }
    response.setHeader("X-Declared", request.getContentLengthLong() + " " + charset(request));
    BodyReading.named(request.getPathInfo().substring(1)).answer(request, response);
  }

  private static String charset(HttpServletRequest request) {
    return request.getContentType() + " " + request.getCharacterEncoding();
  }
}
