package dev.slipstream.it.shared;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What every build runs: the faults of one server, and of the others what they are for. */
@MethodSource("scenes")
final class QuickSharedTest extends SharedSuite {
  private static final Fault[] QUICK = {
    Fault.KILLED,
    Fault.RESTARTED_EMPTY,
    Fault.STOPPED,
    Fault.SLOW,
    Fault.PASSWORD_CHANGED,
    Fault.READ_ONLY,
    Fault.OUT_OF_MEMORY,
    Fault.CLIENTS_KILLED
  };

  static Stream<Scene> scenes() {
    return Stream.of(
        Scene.of(Topology.SINGLE, 2, QUICK),
        Scene.of(Topology.CLUSTER, 2, Fault.KILLED),
        Scene.of(Topology.SENTINEL, 3, Fault.FAILED_OVER));
  }
}
