package dev.slipstream.it.shared;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What every build runs of the faults; the others are in {@code -Pshared}. */
@MethodSource("scenes")
final class QuickSharedTest extends SharedSuite {
  private static final Fault[] QUICK = {
    Fault.KILLED, Fault.STOPPED, Fault.SLOW, Fault.OUT_OF_MEMORY
  };

  static Stream<Scene> scenes() {
    return Stream.of(
        Scene.of(Topology.SINGLE, 2, QUICK),
        Scene.of(Topology.CLUSTER, 2, Fault.KILLED),
        Scene.of(Topology.SENTINEL, 3, Fault.FAILED_OVER));
  }
}
