package com.example.gateway;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** Tells a user, whom a filter has recognised, about the user's own account. */
final class AccountServlet extends HttpServlet {

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var user = request.getRemoteUser();
    Body.send(
        response,
        200,
        "application/json",
        String.format(
            Locale.ROOT,
            "{\"user\":\"%s\",\"email\":\"%1$s@example.com\",\"plan\":\"personal\"}",
            user));
  }
}
