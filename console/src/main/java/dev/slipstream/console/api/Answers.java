package dev.slipstream.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipstream.console.targets.Gathered;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Writes answers: a body in an envelope that says when, to which request, and by whom. */
final class Answers {
  static final String SERVICE = "slipstream-console";
  private static final int PARTIAL = 207;
  private static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  private final InstantSource clock;

  Answers(InstantSource clock) {
    this.clock = clock;
  }

  /** Answers with the members of some records, one after the other. */
  void json(Context context, int status, Object... bodies) {
    ObjectNode answer = envelope(context);
    for (Object body : bodies) {
      answer.setAll(Json.MAPPER.<ObjectNode>valueToTree(body));
    }
    write(context, status, JSON, answer);
  }

  /** Answers with what gateways said, or with the problem that none did. */
  void gathered(Context context, Gathered<?> gathered, Object... bodies) {
    gathered(context, 200, gathered, bodies);
  }

  /** Answers with what a change of gateways did: 207 where it was not done at all of them. */
  void changed(Context context, Gathered<?> change, Object... bodies) {
    boolean complete = change.isComplete();
    List<Object> all = new ArrayList<>();
    all.add(new Outcome(complete ? "success" : "partial"));
    all.addAll(List.of(bodies));
    gathered(context, complete ? 200 : PARTIAL, change, all.toArray());
  }

  private void gathered(Context context, int status, Gathered<?> gathered, Object... bodies) {
    if (gathered.isEmpty()) {
      problem(context, FailureProblem.of(gathered.replies()));
      return;
    }
    List<Object> all = new ArrayList<>(List.of(bodies));
    all.add(new Lines(TargetLine.of(gathered.replies())));
    json(context, status, all.toArray());
  }

  private record Outcome(String status) {}

  private record Lines(List<TargetLine> targets) {}

  /** Answers with a problem. */
  void problem(Context context, Problem problem) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ObjectNode members = Json.MAPPER.valueToTree(problem);
    members.properties().stream()
        .filter(member -> !member.getValue().isNull())
        .forEach(member -> answer.set(member.getKey(), member.getValue()));
    answer.setAll(envelope(context));
    write(context, problem.status(), PROBLEM, answer);
  }

  static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private ObjectNode envelope(Context context) {
    String correlationId = context.res().getHeader(CorrelationId.FIELD);
    if (correlationId == null) {
      correlationId = CorrelationId.of(context.header(CorrelationId.FIELD));
      context.header(CorrelationId.FIELD, correlationId);
    }
    return Json.MAPPER
        .createObjectNode()
        .put("timestamp", text(clock.instant()))
        .put("correlation_id", correlationId)
        .put("service", SERVICE);
  }

  private static void write(Context context, int status, String type, ObjectNode answer) {
    context.status(status).contentType(type).result(Json.bytes(answer));
  }
}
