package com.example.gateway;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How often the application has answered each URL. */
final class Runs {
  private static final String URL = "com.example.url";
  private static final String RUN = "com.example.run";
  private static final ConcurrentMap<String, Integer> BY_URL = new ConcurrentHashMap<>();

  private Runs() {}

  /** Notes the URL that the client asked for; later dispatches of the exchange change nothing. */
  static void enter(HttpServletRequest request) {
    if (request.getAttribute(URL) == null) {
      String query = request.getQueryString();
      request.setAttribute(URL, request.getRequestURI() + (query == null ? "" : "?" + query));
    }
  }

  /** Counts one run of the application for this exchange. */
  static void count(ServletRequest request) {
    request.setAttribute(RUN, BY_URL.merge((String) request.getAttribute(URL), 1, Integer::sum));
  }

  static int of(ServletRequest request) {
    return (Integer) request.getAttribute(RUN);
  }

  static int of(String url) {
    return BY_URL.getOrDefault(url, 0);
  }

  static void stamp(ServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Run", Integer.toString(of(request)));
  }
}
