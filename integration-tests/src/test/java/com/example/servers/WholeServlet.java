package com.example.servers;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers in {@code service} itself, as the servlets of JAX-RS do. */
public final class WholeServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  public void service(ServletRequest request, ServletResponse response) throws IOException {
    Serving.answer((HttpServletRequest) request, (HttpServletResponse) response);
  }
}
