package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One version of the agent after another in the same process: the one that was attached last runs.
 */
final class AgentVersionsTest {
  private static final String NEWER = "99.9.9";

  @TempDir private Path folder;
  private GatewayProcess gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = Forked.probe().jvmOption("-XX:+EnableDynamicAgentLoading").start();
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      connection.get("/fresh");
    }
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void newerJarAttachedByItsCommand_runsItsCode() throws Exception {
    String older = attached(AgentJar.path());
    AttachCommand.detach(gateway).succeeded();
    Path newer = AgentVersion.write(NEWER, folder.resolve("newer.jar"));

    assertThat(older).isNotEqualTo(NEWER);
    assertThat(attached(newer)).isEqualTo(NEWER);
    assertThat(AttachCommand.listed(gateway)).contains(NEWER + " on");

    // Back again, too.
    AttachCommand.detach(gateway).succeeded();
    assertThat(attached(AgentJar.path())).isEqualTo(older);
  }

  @Test
  void jarThatWasReplaced_runsItsNewCode() throws Exception {
    Path jar = Files.copy(AgentJar.path(), folder.resolve("agent.jar"));
    String older = attached(jar);
    AttachCommand.run(jar, "detach", AttachCommand.pid(gateway)).succeeded();

    Path replaced = folder.resolve("next.jar");
    AgentVersion.write(NEWER, replaced);
    Files.move(replaced, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(older).isNotEqualTo(NEWER);
    assertThat(attached(jar)).isEqualTo(NEWER);
  }

  /** The tool knows nothing of what the agent's own command says. */
  @Test
  void newerJarAttachedByAnotherTool_runsItsCode() throws Exception {
    attached(AgentJar.path());
    AttachCommand.detach(gateway).succeeded();
    Path newer = AgentVersion.write(NEWER, folder.resolve("newer.jar"));

    VirtualMachine machine = VirtualMachine.attach(AttachCommand.pid(gateway));
    try {
      machine.loadAgent(newer.toString(), "cache_max_memory_mb=7");
    } finally {
      machine.detach();
    }

    assertThat(version()).isEqualTo(NEWER);
    try (ManagementClient management = ManagementClient.of(gateway)) {
      assertThat(management.get("type=Agent", "Settings").toString()).isNotEmpty();
      assertThat(management.everything()).contains("cache_max_memory_mb=7");
    }
    AttachCommand.detach(gateway).succeeded();
    assertThat(AttachCommand.listed(gateway)).contains(" -  ").doesNotContain(NEWER);
  }

  /** Which code runs, as it says itself. */
  private String attached(Path jar) throws Exception {
    AttachCommand.run(jar, "attach", AttachCommand.pid(gateway)).succeeded();
    return version();
  }

  private String version() throws Exception {
    try (HttpConnection connection = new HttpConnection(gateway.port());
        ManagementClient management = ManagementClient.of(gateway)) {
      Forked.awaitHit(connection, "/fresh");
      return (String) management.get("type=Agent", "Version");
    }
  }
}
