package dev.slipstream.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** The container's dispatcher; a forward throws away what was written before it. */
final class CapturingDispatcher implements RequestDispatcher {
  private final RequestDispatcher container;
  private final Exchange exchange;

  CapturingDispatcher(RequestDispatcher container, Exchange exchange) {
    this.container = container;
    this.exchange = exchange;
  }

  @Override
  public void forward(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    exchange.forwards();
    container.forward(request, response);
  }

  @Override
  public void include(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    exchange.announces(); // while it is included, a servlet can set no field
    container.include(request, response);
  }
}
