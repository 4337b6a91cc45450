package dev.slipstream.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.page.MarkdownPage.Block;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/cookbook.md says: all of its rules at once, and every command. */
final class CookbookTest {
  @TempDir private static Path folder;

  private static MarkdownPage page;
  private static GatewayProcess gateway;
  private static JarProcess console;
  private static PageCommands commands;

  @BeforeAll
  static void run() throws Exception {
    page = MarkdownPage.of("docs/cookbook.md");
    List<Block> blocks = page.blocks();
    String rules =
        blocks.stream()
            .filter(block -> block.language().equals("yaml"))
            .map(block -> block.text().replace("rules:\n", ""))
            .collect(Collectors.joining("\n", "rules:\n", ""));
    Path file = Files.writeString(folder.resolve("cache_rules.yaml"), rules);
    String jmxPort = PageCommands.freePort();
    gateway =
        new GatewayProcess.Builder("cookbook", "com.example.shop.TomcatMain")
            .classPath(Applications.shopClassPath())
            .agent("cache_rules_config_file=" + file, "jmx_port=" + jmxPort)
            .start();
    int port = gateway.port();
    console = Stage.startConsole(folder, 0, "shop=127.0.0.1:" + jmxPort);
    String url = console.url();
    commands =
        PageCommands.run(
            folder,
            blocks.stream().filter(block -> !block.language().equals("yaml")).toList(),
            """
            until curl -si $gateway/await | grep -qi '^cache-status'; do sleep 0.1; done
            until curl -sf -o /dev/null ${console%/api/v1}/api/v1/health/ready; do sleep 0.1; done
            """,
            script ->
                script
                    .replace("http://localhost:8080", "http://localhost:" + port)
                    .replace("http://localhost:8000", url)
                    .replace("~/.slipstream/console-token", folder + "/token"),
            Map.of());
  }

  @AfterAll
  static void stop() {
    if (console != null) {
      console.close();
    }
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void commands_sayWhatThePageShows() {
    long recipes = page.text().lines().filter(line -> line.matches("## \\d+\\. .*")).count();
    assertThat(commands.checkShown()).isEqualTo((int) recipes + 1);
  }

  @Test
  void rules_areInForce() {
    assertThat(gateway.standardError()).noneMatch(line -> line.contains(" WARN "));
  }
}
