package dev.slipstream.console.api;

import dev.slipstream.console.targets.Failure;
import dev.slipstream.console.targets.Reply;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The problem that tells that no gateway answered. Each kind of failure has its own. */
final class FailureProblem {
  private FailureProblem() {}

  /** The problem of questions that all failed; there is at least one. */
  static Problem of(List<Reply<?>> replies) {
    List<Reply.Failed<?>> failed =
        replies.stream().<Reply.Failed<?>>map(reply -> (Reply.Failed<?>) reply).toList();
    Set<Failure.Kind> kinds =
        failed.stream()
            .map(reply -> reply.failure().kind())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Failure.Kind.class)));
    String detail =
        failed.stream()
            .map(reply -> reply.target() + " " + reply.failure().error())
            .collect(Collectors.joining("; "));
    Problem problem =
        kinds.size() == 1
            ? of(kinds.iterator().next(), detail)
            : Problem.of("gateways-failed", "No gateway answered", 502, detail);
    return problem.withTargets(TargetLine.of(replies));
  }

  private static Problem of(Failure.Kind kind, String detail) {
    return switch (kind) {
      case GONE -> Problem.of("gateway-gone", "The gateway is gone", 502, detail);
      case HANGING -> Problem.of("gateway-hanging", "The gateway does not answer", 504, detail);
      case NO_AGENT -> Problem.of("no-agent", "The JVM has no Slipstream agent", 424, detail);
      case DENIED -> Problem.of("gateway-denied", "The gateway denies access", 502, detail);
      case FAILED -> Problem.of("gateway-failed", "The gateway cannot be read", 502, detail);
      case REJECTED -> Problem.of("rejected", "The gateway refused the request", 400, detail);
    };
  }
}
