package com.example.proxy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forwards on the container's thread. */
final class ProxyServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Forwarding forwarding;

  ProxyServlet(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    forwarding.forward(request, response);
  }
}
