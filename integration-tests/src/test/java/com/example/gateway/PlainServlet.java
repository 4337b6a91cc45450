package com.example.gateway;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers scenarios past {@code HttpServlet}. */
final class PlainServlet extends GenericServlet {
  private static final long serialVersionUID = 1;

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    HttpServletRequest http = (HttpServletRequest) request;
    ScenarioAnswers.answer(
        http.getServletPath(), http.getPathInfo(), http, (HttpServletResponse) response);
  }
}
