package dev.slipstream.it;

import java.nio.file.Files;
import java.nio.file.Path;

/** The agent as it is delivered. */
public final class AgentJar {
  private static final Path PATH =
      Path.of("..", "agent", "javaagent", "target", "slipstream-agent.jar").normalize();

  private AgentJar() {}

  public static Path path() {
    if (!Files.isRegularFile(PATH)) {
      throw new AssertionError(
          "There is no "
              + PATH.toAbsolutePath().normalize()
              + ": build it first with ./mvnw package -pl agent/javaagent -am");
    }
    return PATH.toAbsolutePath().normalize();
  }
}
