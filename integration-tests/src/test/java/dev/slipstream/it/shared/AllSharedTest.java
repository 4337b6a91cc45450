package dev.slipstream.it.shared;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault, two and three gateways: {@code ./mvnw -Pshared verify}. */
@Tag("shared")
@MethodSource("scenes")
final class AllSharedTest extends SharedSuite {
  static Stream<Scene> scenes() {
    return Stream.of(Topology.values())
        .flatMap(topology -> Stream.of(Scene.whole(topology, 2), Scene.whole(topology, 3)));
  }
}
