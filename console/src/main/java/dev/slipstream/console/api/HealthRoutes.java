package dev.slipstream.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.TargetState;
import dev.slipstream.console.targets.Targets;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/**
 * {@code /api/v1/health}: how the gateways were when they were last looked at, so that no probe
 * ever waits for one of them.
 */
final class HealthRoutes {
  private final Targets targets;
  private final Answers answers;

  HealthRoutes(Targets targets, Answers answers) {
    this.targets = targets;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/health", this::health);
    Reading.route(routes, "/api/v1/health/ready", this::ready);
  }

  private void health(Context context) {
    answer(context, 200, Health.of(targets));
  }

  private void ready(Context context) {
    Health health = Health.of(targets);
    answer(context, health.status().equals("down") ? 503 : 200, health);
  }

  /** A probe carries no token: it hears how the whole is, and not what there is. */
  private void answer(Context context, int status, Health health) {
    if (Gatekeeper.mayRead(context)) {
      answers.json(context, status, health);
    } else {
      answers.json(context, status, new Summary(health.status()));
    }
  }

  /** The answer to those who may not read. */
  private record Summary(String status) {}

  /**
   * The answer.
   *
   * @param status {@code up}, {@code degraded} if some gateways cannot be read, {@code down} if
   *     none can
   * @param discoveryProblems what kept the search from looking at a JVM
   */
  private record Health(
      String status,
      List<TargetLine> targets,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> discoveryProblems) {

    static Health of(Targets targets) {
      List<Gateway> all = targets.all();
      List<Gateway> present = all.stream().filter(gateway -> !gateway.departed()).toList();
      long up =
          present.stream()
              .filter(gateway -> gateway.state().status() == TargetState.Status.UP)
              .count();
      String status = up == 0 ? "down" : up == present.size() ? "up" : "degraded";
      return new Health(status, all.stream().map(TargetLine::of).toList(), targets.problems());
    }
  }
}
