package dev.slipstream.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code deploy/docker/Dockerfile}, without a Docker: docs/deploy.md says what was built with one.
 */
final class DockerfileTest {
  private static final Dockerfile FILE = Dockerfile.read();
  private static final List<String> IMAGES = List.of("agent", "console", "gateway");

  @Test
  void images_areThree_andBuiltFromOneStage() {
    assertThat(FILE.stages().keySet()).containsExactly("build", "agent", "console", "gateway");
  }

  @Test
  void everyBaseImage_canBeNamedByABuildArgument() {
    FILE.stages()
        .forEach(
            (stage, lines) -> {
              assertThat(lines.get(0))
                  .as(stage)
                  .matches("FROM (--platform=\\$BUILDPLATFORM )?\\$\\{[A-Z]+_IMAGE} AS " + stage);
              String argument = lines.get(0).replaceAll(".*\\{(.*)}.*", "$1");
              assertThat(FILE.arguments().get(argument)).as(stage).matches("[\\w./-]+:[\\w.-]+");
            });
  }

  /** So that one machine makes them for all processors, without emulating any. */
  @Test
  void images_runNothingWhileTheyAreBuilt_andAreOfAnUnprivilegedUser() {
    for (String image : IMAGES) {
      assertThat(FILE.instructions(image, "RUN")).as(image).isEmpty();
      assertThat(FILE.instructions(image, "USER")).as(image).containsExactly("10001:10001");
      assertThat(FILE.instructions(image, "COPY"))
          .as(image)
          .allMatch(copy -> copy.startsWith("--from=build "));
    }
    assertThat(FILE.stages().get("build").get(0)).contains("--platform=$BUILDPLATFORM");
  }

  @Test
  void agent_isTheJarAlone_andACommandThatHandsItOver() {
    assertThat(FILE.instructions("agent", "COPY"))
        .containsExactly(
            "--from=build /jars/slipstream-agent.jar /slipstream-agent.jar",
            "--from=build --chown=10001:10001 /state/agent /agent");
    assertThat(FILE.instructions("agent", "CMD"))
        .containsExactly("[\"cp\", \"/slipstream-agent.jar\", \"/agent/slipstream-agent.jar\"]");
  }

  @Test
  void servers_haveHealthChecks() {
    assertThat(FILE.instructions("console", "HEALTHCHECK"))
        .singleElement()
        .asString()
        .contains(":8000/api/v1/health");
    assertThat(FILE.instructions("gateway", "HEALTHCHECK"))
        .singleElement()
        .asString()
        .contains(":8080/api/v1/health");
  }

  /**
   * What the build stage needs is let in by the ignore file, and what it makes is what the build
   * makes.
   */
  @Test
  void context_hasWhatIsBuilt() {
    Set<String> rules =
        Set.copyOf(
            Deploy.read(Deploy.FOLDER.resolve("docker/Dockerfile.dockerignore")).lines().toList());
    assertThat(rules).contains("*", "**/target");
    Stream<String> modules =
        Deploy.read(Deploy.ROOT.resolve("pom.xml"))
            .lines()
            .filter(line -> line.contains("<module>"));
    for (String module : modules.map(line -> line.strip().replaceAll("</?module>", "")).toList()) {
      assertThat(rules).as(module).containsAnyOf("!" + module, "!" + module + "/pom.xml");
    }
    for (String rule : rules) {
      if (rule.startsWith("!")) {
        assertThat(Deploy.ROOT.resolve(rule.substring(1))).exists();
      }
    }
    String run = FILE.instructions("build", "RUN").get(0);
    for (String jar :
        List.of(
            "agent/javaagent/target/slipstream-agent.jar",
            "console/target/slipstream-console.jar",
            "sample-app/target/sample-gateway.jar")) {
      assertThat(run).contains(jar);
      assertThat(Files.isRegularFile(Deploy.ROOT.resolve(jar))).as(jar).isTrue();
    }
    assertThat(Path.of("..", "mvnw")).isExecutable();
  }
}
