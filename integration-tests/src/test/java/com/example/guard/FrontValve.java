package com.example.guard;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Leads {@code /front} past servlets and filters. */
final class FrontValve extends ValveBase {
  private final Front front = Front.make();

  FrontValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (request.getRequestURI().startsWith("/front")) {
      front.handle("front", request.getRequest(), response.getResponse());
    } else {
      getNext().invoke(request, response);
    }
  }
}
