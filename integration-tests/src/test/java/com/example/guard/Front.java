package com.example.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A way in of the application's own, which only the settings can name. */
final class Front {
  private Front() {}

  /** Has it answer. */
  static Front make() {
    return new Front();
  }

  void handle(String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AnsweringFilter.answer(response, 200, name + " " + request.getRequestURI());
  }
}
