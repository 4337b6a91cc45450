package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three agents of others in one gateway with ours: one that reads MBeans (Jolokia), one that
 * exports them (Prometheus), one that weaves every class (JaCoCo). All work, and a client sees no
 * difference.
 */
final class OtherAgentsTest {
  private static final int REQUESTS = 5;

  private final int jolokia = RedisServer.freePort();
  private final int exporter = RedisServer.freePort();

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}, ours first: {1}")
  @CsvSource({"TOMCAT_9, true", "TOMCAT_9, false", "TOMCAT_11, true", "TOMCAT_11, false"})
  void agents_allWorkTogether(Container container, boolean oursFirst) throws IOException {
    Path coverage = folder.resolve("coverage");
    List<String> agents = new ArrayList<>(others(coverage));
    agents.add(oursFirst ? 0 : agents.size(), AgentJar.path().toString());
    String context = container.contextPaths().get(0);
    String target = GatewayPairTest.path(context, Style.SYNC, "print");
    GatewayProcess gateway = start(container, agents);
    try (gateway;
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, target);
      connection.get(target).assertSameAs(withoutOurs(container, target));
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(connection.get(target).isHit()).isTrue();
      }
      assertThat(read(jolokia, "/jolokia/read/dev.slipstream:type=HttpCache/Hits"))
          .contains("\"status\":200")
          .containsPattern("\"value\":[1-9]");
      assertThat(read(exporter, "/metrics")).containsPattern("(?m)^slipstream_hits [1-9]");
    }
    Forked.awaitEnd(gateway);
    assertThat(Files.readString(coverage, StandardCharsets.ISO_8859_1))
        .contains(
            "com/example/gateway/ScenarioServlet", "org/apache/catalina/core/StandardContext");
    assertThat(Forked.agentLines(gateway)).hasSize(1).first().asString().contains(" INFO ");
    assertThat(gateway.standardError()).noneMatch(line -> line.contains("Exception"));
  }

  private Answer withoutOurs(Container container, String target) throws IOException {
    try (GatewayProcess alone = start(container, List.of());
        HttpConnection connection = new HttpConnection(alone.port())) {
      return connection.get(target);
    }
  }

  private static GatewayProcess start(Container container, List<String> agents) {
    GatewayProcess.Builder builder = GatewayProcess.of(container);
    agents.forEach(agent -> builder.jvmOption("-javaagent:" + agent));
    return builder.start();
  }

  private List<String> others(Path coverage) throws IOException {
    Path rules = folder.resolve("exporter.yaml");
    Files.writeString(
        rules,
        """
        rules:
        - pattern: 'dev.slipstream<type=HttpCache><>Hits'
          name: slipstream_hits
        """);
    List<String> agents =
        new ArrayList<>(
            List.of(
                jar("jolokia-agent-jvm") + "=host=127.0.0.1,port=" + jolokia,
                jar("jmx_prometheus_javaagent") + "=127.0.0.1:" + exporter + ":" + rules,
                jar("org.jacoco.agent") + "=destfile=" + coverage));
    return Collections.unmodifiableList(agents);
  }

  static String jar(String name) throws IOException {
    try (var files = Files.list(Path.of("target", "agents"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath()
          .toString();
    }
  }

  private static String read(int port, String target) throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      return connection.get(target).text();
    }
  }
}
