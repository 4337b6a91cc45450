package dev.slipstream.it.shared;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What every build runs: all faults of one server, and of the others what they are for. */
@MethodSource("scenes")
final class QuickSharedTest extends SharedSuite {
  static Stream<Scene> scenes() {
    return Stream.of(
        Scene.whole(Topology.SINGLE, 2),
        Scene.of(Topology.CLUSTER, 2, Fault.KILLED),
        Scene.of(Topology.SENTINEL, 3, Fault.FAILED_OVER));
  }
}
