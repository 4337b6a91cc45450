package dev.slipstream.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.AgentJar;
import dev.slipstream.it.page.MarkdownPage.Block;
import dev.slipstream.it.servers.Published;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/getting-started.md says of a downloaded Tomcat, command by command. */
final class GettingStartedTest {
  private static final String TOMCAT = "org.apache.tomcat:tomcat:10.1.59:tar.gz";
  private static final Path CONSOLE = Path.of("..", "console", "target", "slipstream-console.jar");
  private static final List<String> SECTIONS = List.of("Tomcat", "See what it does", "Turn it off");

  @TempDir private static Path folder;

  private static PageCommands commands;

  @BeforeAll
  static void run() throws Exception {
    Files.copy(AgentJar.path(), folder.resolve("slipstream-agent.jar"));
    Files.copy(CONSOLE, folder.resolve("slipstream-console.jar"));
    Path download = Published.file(TOMCAT);
    Files.copy(download, folder.resolve(download.getFileName()));

    MarkdownPage page = MarkdownPage.of("docs/getting-started.md");
    List<Block> blocks = SECTIONS.stream().flatMap(name -> page.blocks(name).stream()).toList();
    String port = PageCommands.freePort();
    String stopPort = PageCommands.freePort();
    String consolePort = PageCommands.freePort();
    // Else the console would find the gateways of other builds, too.
    String jmxPort = PageCommands.freePort();
    String options = " --port " + consolePort + " --target tomcat=127.0.0.1:" + jmxPort + " &";
    String java = System.getProperty("java.home");
    commands =
        PageCommands.run(
            folder,
            blocks,
            "sed -i -e s/8080/" + port + "/ -e s/8005/" + stopPort + "/ conf/server.xml",
            script ->
                script
                    .replace("localhost:8080", "localhost:" + port)
                    .replace("localhost:8000", "localhost:" + consolePort)
                    .replace("console.jar &", "console.jar" + options),
            Map.of(
                "JAVA_HOME",
                java,
                "JAVA_TOOL_OPTIONS",
                "-Duser.home=" + folder,
                "PATH",
                Path.of(java, "bin") + ":" + System.getenv("PATH"),
                "SLIPSTREAM_JMX_PORT",
                jmxPort));
  }

  @AfterAll
  static void endTomcat() {
    String home = folder.toString();
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(home))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void commands_sayWhatThePageShows() {
    assertThat(commands.checkShown()).isEqualTo(7);
  }

  @Test
  void agent_hasFoundNothingWrong() {
    assertThat(commands.said()).doesNotContainPattern("slipstream\\] \\S+ (WARN|ERROR)");
  }
}
