package dev.slipstream.it.servers;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Every server on every JDK that it runs on: {@code ./mvnw -Pservers verify}. */
@Tag("servers")
@MethodSource("trials")
final class AllServersTest extends ServerRules {
  static Stream<Trial> trials() {
    return Servers.chosen();
  }
}
