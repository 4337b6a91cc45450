package dev.slipstream.console.api;

import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Targets;
import java.util.List;
import java.util.Optional;

/** Which gateways a request is about: the one it names, or all. */
final class Selection {
  static final String PARAMETER = "target";

  private final Targets targets;

  Selection(Targets targets) {
    this.targets = targets;
  }

  /**
   * The gateways to read.
   *
   * @throws ProblemException if there is none, or none of that name
   */
  List<Gateway> toRead(Query query) {
    Optional<String> name = query.value(PARAMETER);
    if (name.isPresent()) {
      return List.of(named(name.get()));
    }
    List<Gateway> all = targets.all();
    if (all.isEmpty()) {
      throw new ProblemException(noGateway());
    }
    return all;
  }

  /** The gateways to change: those to read, without processes that have ended. */
  List<Gateway> toChange(Query query) {
    return present(query);
  }

  /** The gateways to read, without processes that have ended where others have not. */
  List<Gateway> present(Query query) {
    List<Gateway> gateways = toRead(query);
    List<Gateway> present = gateways.stream().filter(gateway -> !gateway.departed()).toList();
    return present.isEmpty() ? gateways : present;
  }

  /**
   * The gateway of a name.
   *
   * @throws ProblemException if there is none
   */
  Gateway named(String name) {
    return targets
        .find(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        "unknown-target",
                        "There is no such gateway",
                        404,
                        "known are " + targets.all().stream().map(Gateway::name).toList())));
  }

  private Problem noGateway() {
    List<String> problems = targets.problems();
    return Problem.of(
        "no-gateway",
        "No gateway was found",
        503,
        "no JVM of this machine and user has the agent"
            + (problems.isEmpty() ? "" : "; " + String.join("; ", problems)));
  }
}
