package dev.slipstream.console.api;

import dev.slipstream.console.security.Caller;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code /api/v1/session}: what the caller may do, which the page asks before it offers it. */
final class SessionRoutes {
  private final boolean readingOpen;
  private final boolean tls;
  private final Answers answers;

  SessionRoutes(boolean readingOpen, boolean tls, Answers answers) {
    this.readingOpen = readingOpen;
    this.tls = tls;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/session", this::session);
  }

  private void session(Context context) {
    Query.of(context);
    Caller caller = Gatekeeper.caller(context);
    answers.json(context, 200, new Session(caller.role().label(), caller.name(), readingOpen, tls));
  }

  /**
   * The answer.
   *
   * @param role {@code none}, {@code viewer} or {@code operator}
   * @param name name of the token; {@code anonymous} without one
   * @param readingOpen whether reading needs no token
   */
  private record Session(String role, String name, boolean readingOpen, boolean tls) {}
}
