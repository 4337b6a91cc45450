package dev.slipstream.it.shared;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Temporary. */
@MethodSource("scenes")
final class DebugSharedTest extends SharedSuite {
  static Stream<Scene> scenes() {
    String[] words = System.getProperty("debug.scene", "SINGLE,2,PASSWORD_CHANGED").split(",");
    Fault[] faults = Stream.of(words).skip(2).map(Fault::valueOf).toArray(Fault[]::new);
    return Stream.of(Scene.of(Topology.valueOf(words[0]), Integer.parseInt(words[1]), faults));
  }
}
