package com.example.gateway;

import static com.example.gateway.Scenario.notStored;
import static com.example.gateway.Scenario.stored;

import com.example.gateway.Scenario.Needs;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Answers whose status is not 200, and answers that fail. */
final class StatusScenarios {
  private StatusScenarios() {}

  static List<Scenario> all() {
    return List.of(
        stored(
            "status-204",
            (request, response) -> response.setStatus(HttpServletResponse.SC_NO_CONTENT)),
        stored(
            "status-404-with-body",
            (request, response) -> {
              response.setStatus(HttpServletResponse.SC_NOT_FOUND);
              response.setContentType("application/json");
              response.getWriter().print("{\"error\":\"no such user\"}");
            }),
        stored(
            "status-301",
            (request, response) -> {
              response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
              response.setHeader("Location", "https://www.example.org/moved?to=here");
            }),
        stored(
            "status-203",
            (request, response) -> {
              response.setStatus(HttpServletResponse.SC_NON_AUTHORITATIVE_INFORMATION);
              response.getWriter().print("changed on the way");
            }),
        stored(
            "redirect",
            (request, response) -> response.sendRedirect("https://www.example.org/elsewhere")),
        stored(
            "redirect-relative",
            (request, response) -> response.sendRedirect("../elsewhere?page=1")),
        notStored(
            "send-error",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }),
        notStored(
            "send-error-message",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              response.getWriter().print("thrown away");
              response.sendError(HttpServletResponse.SC_CONFLICT, "not now");
            }),
        notStored(
            "send-error-page",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              response.sendError(HttpServletResponse.SC_GONE, "it was here once");
            }),
        notStored(
            "throw-runtime",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              throw new IllegalStateException("thrown by the application");
            }),
        notStored(
            "throw-servlet",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              throw new ServletException("thrown by the application");
            }),
        notStored(
            "throw-after-writing",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              response.getWriter().print("still in the buffer");
              throw new IOException("thrown by the application");
            }),
        notStored(
                "throw-after-commit",
                (request, response) -> {
                  response.setHeader("Cache-Control", Scenarios.MAX_AGE);
                  response.getWriter().print("already sent");
                  response.flushBuffer();
                  throw new IllegalStateException("thrown by the application");
                })
            .with(Needs.CONTAINER_THREAD),
        notStored(
            "length-too-large",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              response.setHeader("Connection", "close");
              response.setContentLength(100);
              response.getOutputStream().write(Text.bytes("less than a hundred bytes"));
            }));
  }
}
