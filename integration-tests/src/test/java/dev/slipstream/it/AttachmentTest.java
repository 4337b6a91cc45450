package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which the agent comes into a process. */
final class AttachmentTest {
  private static final String ALREADY = "the agent is in this process already";

  @TempDir private Path folder;

  @Test
  void attachedToRunningGateway_cachesWithoutRestart() throws Exception {
    try (GatewayProcess gateway = attachable().start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      assertThat(connection.get("/fresh").text()).isEqualTo("run 1");
      assertThat(connection.get("/fresh").text()).isEqualTo("run 2");

      attach(gateway, AgentJar.path(), null);

      Forked.awaitHit(connection, "/fresh");
      Forked.awaitStartUpLine(gateway);
      assertThat(gateway.standardOutput()).hasSize(1);
    }
  }

  @Test
  void attachedToRunningGateway_honoursItsArguments() throws Exception {
    Path log = folder.resolve("agent.log");
    try (GatewayProcess gateway = attachable().start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      connection.get("/fresh");

      attach(gateway, AgentJar.path(), "log_file=" + log);

      Forked.awaitHit(connection, "/fresh");
      await().untilAsserted(() -> assertThat(log).content().contains(" Slipstream "));
      assertThat(Forked.agentLines(gateway)).isEmpty();
    }
  }

  @Test
  void secondAgentOnTheCommandLine_isOneLineAndNoHarm() throws Exception {
    try (GatewayProcess gateway = Forked.probe().agent().agent().start()) {
      assertOneAgent(gateway);
    }
  }

  @Test
  void copyOfTheJarOnTheCommandLine_isOneLineAndNoHarm() throws Exception {
    Path copy = Files.copy(AgentJar.path(), folder.resolve("copy.jar"));
    try (GatewayProcess gateway = Forked.probe().agent().jvmOption("-javaagent:" + copy).start()) {
      assertOneAgent(gateway);
    }
  }

  @Test
  void attachedToGatewayThatHasTheAgent_isOneLineAndNoHarm() throws Exception {
    try (GatewayProcess gateway =
        Forked.probe().jvmOption("-XX:+EnableDynamicAgentLoading").agent().start()) {
      try (HttpConnection connection = new HttpConnection(gateway.port())) {
        Forked.awaitHit(connection, "/fresh");
      }

      attach(gateway, AgentJar.path(), null);

      assertOneAgent(gateway);
    }
  }

  private static GatewayProcess.Builder attachable() {
    return Forked.probe().jvmOption("-XX:+EnableDynamicAgentLoading");
  }

  private static void attach(GatewayProcess gateway, Path jar, String arguments) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(gateway.pid()));
    try {
      machine.loadAgent(jar.toString(), arguments);
    } finally {
      machine.detach();
    }
  }

  private static void assertOneAgent(GatewayProcess gateway) throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");
      Answer answer = connection.get("/fresh");
      assertThat(answer.values("Cache-Status")).as("answers of one agent").hasSize(1);
    }
    Forked.awaitStartUpLine(gateway);
    assertThat(Forked.body(gateway, "/stop")).isEqualTo("stopping");
    Forked.awaitEnd(gateway);
    assertThat(gateway.standardError())
        .as("what the application logs afterwards")
        .anyMatch(line -> line.contains("Stopping service"));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              List<String> lines = Forked.agentLines(gateway);
              assertThat(lines).filteredOn(line -> line.contains(ALREADY)).hasSize(1);
              assertThat(lines).filteredOn(line -> line.contains(" Slipstream ")).hasSize(1);
            });
  }
}
