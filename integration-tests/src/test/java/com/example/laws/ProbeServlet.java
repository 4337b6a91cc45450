package com.example.laws;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.CodeSource;
import java.util.Collections;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogManager;
import java.util.stream.Collectors;

/** Says what the application sees. */
final class ProbeServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient CountDownLatch stop;
  private final AtomicInteger runs = new AtomicInteger();

  ProbeServlet(CountDownLatch stop) {
    this.stop = stop;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    String path = request.getServletPath();
    switch (path) {
      case "/fresh" -> response.setHeader("Cache-Control", "max-age=600");
      case "/unsaid" -> {
        // says nothing about caching
      }
      default -> response.setHeader("Cache-Control", "no-store");
    }
    response.getWriter().print(answer(path, request.getParameter("name")));
    response.flushBuffer();
    if (path.equals("/stop")) {
      stop.countDown();
    }
  }

  /** Says what it was sent. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    byte[] body = request.getInputStream().readAllBytes();
    response.getOutputStream().write(body);
  }

  private String answer(String path, String name) throws IOException {
    return switch (path) {
      case "/fresh", "/unsaid" -> "run " + runs.incrementAndGet();
      case "/stop" -> "stopping";
      case "/log-manager" -> LogManager.getLogManager().getClass().getName();
      case "/class" -> codeSource(name);
      case "/resources" -> resources(name);
      case "/threads" ->
          Thread.getAllStackTraces().keySet().stream()
              .map(thread -> thread.getName() + (thread.isDaemon() ? " daemon" : ""))
              .sorted()
              .collect(Collectors.joining("\n"));
      case "/properties" ->
          String.join("\n", new TreeSet<>(System.getProperties().stringPropertyNames()));
      default -> throw new IllegalArgumentException(path);
    };
  }

  private static String codeSource(String name) {
    try {
      CodeSource source =
          Class.forName(name, false, ProbeServlet.class.getClassLoader())
              .getProtectionDomain()
              .getCodeSource();
      return source == null ? "the JDK" : source.getLocation().toString();
    } catch (ClassNotFoundException e) {
      return "not found";
    }
  }

  private static String resources(String name) throws IOException {
    return Collections.list(ProbeServlet.class.getClassLoader().getResources(name)).toString();
  }
}
