package dev.slipstream.it.servers;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The servers of every build, on the JDK of the build. */
@MethodSource("trials")
final class QuickServersTest extends ServerRules {
  static Stream<Trial> trials() {
    return Servers.QUICK.stream().map(server -> new Trial(server, Jdk.own()));
  }
}
