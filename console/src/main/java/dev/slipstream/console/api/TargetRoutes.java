package dev.slipstream.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.slipstream.console.agent.AgentReading;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Reply;
import dev.slipstream.console.targets.Targets;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/targets}: the gateways and their agents. */
final class TargetRoutes {
  private final Targets targets;
  private final Selection selection;
  private final Answers answers;

  TargetRoutes(Targets targets, Selection selection, Answers answers) {
    this.targets = targets;
    this.selection = selection;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/targets", this::all);
    routes.put("/api/v1/targets/{name}/enabled", this::enable);
  }

  private void all(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    List<Gateway> gateways =
        query.value(Selection.PARAMETER).isPresent() ? selection.toRead(query) : targets.all();
    answers.json(
        context,
        200,
        new TargetsAnswer(lines(gateways, AgentReading.of(gateways)), targets.problems()));
  }

  private static List<TargetState> lines(
      List<Gateway> gateways, List<Reply<AgentReading>> replies) {
    List<TargetState> lines = new ArrayList<>();
    for (int i = 0; i < gateways.size(); i++) {
      AgentReading agent =
          replies.get(i) instanceof Reply.Answer<AgentReading> answer ? answer.value() : null;
      lines.add(TargetState.of(TargetLine.of(gateways.get(i)), agent));
    }
    return lines;
  }

  private void enable(Context context) {
    Query.of(context);
    Boolean enabled = JsonBody.ofChange(context, "enabled").flag("enabled");
    if (enabled == null) {
      throw ProblemException.invalid("enabled is missing");
    }
    Gateway gateway = selection.named(context.pathParam("name"));
    Gathered<List<AgentReading>> changed =
        Gathered.of(
            Replies.of(List.of(gateway), one -> AgentReading.enable(one, enabled)),
            values -> values);
    AgentReading agent = changed.isEmpty() ? null : changed.value().get(0);
    answers.changed(context, changed, new EnabledAnswer(agent != null && agent.enabled()));
  }

  /** A gateway with what its agent says; what is not known of that is null. */
  private record TargetState(
      @JsonUnwrapped TargetLine line,
      @Nullable String version,
      @Nullable String javaVersion,
      @Nullable String health,
      @Nullable List<String> healthReasons,
      @Nullable Long uptimeMs,
      @Nullable Boolean enabled,
      @Nullable String disabledReason,
      @Nullable String gateway,
      @Nullable Long errors,
      @Nullable List<String> configurationProblems,
      @Nullable List<String> selfCheck) {

    static TargetState of(TargetLine line, @Nullable AgentReading agent) {
      return agent == null
          ? new TargetState(line, null, null, null, null, null, null, null, null, null, null, null)
          : new TargetState(
              line,
              agent.version(),
              agent.javaVersion(),
              agent.health(),
              agent.healthReasons(),
              agent.uptimeMs(),
              agent.enabled(),
              agent.disabledReason(),
              agent.gateway(),
              agent.errors(),
              agent.configurationProblems(),
              agent.selfCheck());
    }
  }

  private record TargetsAnswer(List<TargetState> targets, List<String> discoveryProblems) {}

  private record EnabledAnswer(boolean enabled) {}
}
