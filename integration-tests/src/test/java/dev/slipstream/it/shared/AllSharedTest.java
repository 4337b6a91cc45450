package dev.slipstream.it.shared;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault, two and three gateways: {@code ./mvnw -Pshared verify}, or one scene of it, such as
 * {@code -Dshared.scene=cluster,3,killed,slow}.
 */
@Tag("shared")
@MethodSource("scenes")
final class AllSharedTest extends SharedSuite {
  static Stream<Scene> scenes() {
    String wanted = System.getProperty("shared.scene", "");
    return wanted.isEmpty()
        ? Stream.of(Topology.values())
            .flatMap(topology -> Stream.of(Scene.whole(topology, 2), Scene.whole(topology, 3)))
        : Stream.of(scene(wanted.toUpperCase(Locale.ROOT).split(",")));
  }

  private static Scene scene(String[] words) {
    Topology topology = Topology.valueOf(words[0]);
    int count = Integer.parseInt(words[1]);
    Fault[] faults = Stream.of(words).skip(2).map(Fault::valueOf).toArray(Fault[]::new);
    return faults.length == 0 ? Scene.whole(topology, count) : Scene.of(topology, count, faults);
  }
}
