package com.example.gateway;

import static com.example.gateway.Scenario.stored;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.util.List;

/** Answers that steer the response buffer. */
final class BufferScenarios {
  private BufferScenarios() {}

  static List<Scenario> all() {
    return List.of(
        stored(
            "flush-buffer",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              PrintWriter writer = response.getWriter();
              writer.print("before the flush, ");
              response.flushBuffer();
              writer.print("after it");
              response.setHeader("X-Too-Late", "ignored");
            }),
        stored(
            "flush-buffer-first",
            (request, response) -> {
              response.setContentType("text/plain");
              response.flushBuffer();
              response.getOutputStream().write(Text.bytes(Text.PLAIN));
            }),
        stored(
            "reset",
            (request, response) -> {
              response.setStatus(HttpServletResponse.SC_ACCEPTED);
              response.setContentType("text/html; charset=UTF-16");
              response.setHeader("X-Thrown-Away", "yes");
              response.getOutputStream().write(Text.bytes("thrown away"));
              response.reset();
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              Runs.stamp(request, response);
              response.setContentType("text/plain; charset=UTF-8");
              response.getWriter().print("kept: " + Text.ACCENTED);
            }),
        stored(
            "reset-writer-then-stream",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-16BE");
              response.getWriter().print("thrown away");
              response.reset();
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              Runs.stamp(request, response);
              response.setContentType("application/octet-stream");
              response.getOutputStream().write(Text.bytes("kept"));
            }),
        stored(
            "reset-buffer",
            (request, response) -> {
              response.setContentType("text/plain; charset=UTF-8");
              response.setHeader("X-Kept", "yes");
              PrintWriter writer = response.getWriter();
              writer.print("thrown away");
              response.resetBuffer();
              writer.print("kept");
            }),
        stored(
            "reset-buffer-stream",
            (request, response) -> {
              response.setContentType("text/plain");
              ServletOutputStream stream = response.getOutputStream();
              stream.write(Text.bytes("thrown away"));
              response.resetBuffer();
              stream.write(Text.bytes("kept"));
            }),
        stored(
            "reset-too-late",
            (request, response) -> {
              response.setContentType("text/plain");
              PrintWriter writer = response.getWriter();
              writer.print("sent");
              response.flushBuffer();
              try {
                response.reset();
                writer.print(", reset accepted");
              } catch (IllegalStateException expected) {
                writer.print(", reset refused");
              }
            }),
        stored(
            "buffer-size",
            (request, response) -> {
              response.setBufferSize(128 * 1024);
              response.setContentType("text/plain");
              response.getOutputStream().write(Text.largeBytes(), 0, 100_000);
              boolean large = response.getBufferSize() >= 128 * 1024;
              response.setHeader("X-Buffer", large + " " + response.isCommitted());
            }),
        stored(
            "getter-conflict",
            (request, response) -> {
              response.setContentType("text/plain");
              PrintWriter writer = response.getWriter();
              try {
                response.getOutputStream();
                writer.print("both");
              } catch (IllegalStateException expected) {
                writer.print("only one");
              }
              writer.print(response.getWriter() == writer);
            }));
  }
}
