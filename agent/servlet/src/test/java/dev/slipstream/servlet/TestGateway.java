package dev.slipstream.servlet;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.SettingsLoader;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.EntryPoint;
import dev.slipstream.engine.ErrorBreaker;
import dev.slipstream.engine.http.HttpCacheCounters;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The adapter on a cache of its own, called as woven code calls it. */
final class TestGateway {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicLong seconds = new AtomicLong();
  final Engine engine;
  final ServletAdapter adapter;
  final EntryPoint servlets;
  int answeredByTheApplication;

  TestGateway() {
    InstantSource clock = () -> START.plusSeconds(seconds.get());
    AgentLog log = AgentLog.toStandardError(LogLevel.ERROR, clock);
    engine =
        new Engine(
            SettingsLoader.load(null, Map.of(), Map.of()).settings(),
            log,
            new ErrorBreaker(() -> 0, log, () -> {}),
            clock);
    adapter = new ServletAdapter(engine);
    servlets = adapter.entryPoint(HttpServlet.class);
  }

  /** Lets seconds pass. */
  void advanceSeconds(long passed) {
    seconds.addAndGet(passed);
  }

  HttpCacheCounters counters() {
    return engine.httpCache().counters();
  }

  /** What a servlet does. */
  interface Application {
    void service(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  /** One request's way through the woven method. Returns what the method throws, or null. */
  Throwable service(FakeRequest request, FakeResponse response, Application application) {
    Object[] slots = {"servlet", request.build(), response.build(), null, null, "servlet"};
    UnaryOperator<Throwable> exit = servlets.enter(new Call(slots));
    Throwable thrown = null;
    if (slots[0] != null) {
      answeredByTheApplication++;
      try {
        application.service((HttpServletRequest) slots[1], (HttpServletResponse) slots[2]);
      } catch (Exception e) {
        thrown = e;
      }
    }
    return exit == null ? thrown : exit.apply(thrown);
  }

  /** Serves a miss with what the application writes, and then a hit, and returns its body. */
  byte[] bodyOfHit(FakeResponse response, Application application) {
    service(FakeRequest.get("/a"), response, application);
    FakeResponse hit = new FakeResponse();
    service(FakeRequest.get("/a"), hit, (request, ignored) -> {});
    return answeredByTheApplication == 1 ? hit.body() : null;
  }
}
