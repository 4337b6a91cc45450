package dev.slipstream.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/operations.md, in order. */
final class OperationsTest {
  private static final String SERVING =
      """
      until curl -sf -o /dev/null $console/health/ready; do sleep 0.1; done
      until curl -si http://localhost:8080/users/7 | grep -qi '^cache-status'; do sleep 0.1; done
      """;

  @TempDir private static Path folder;

  private static Stage stage;
  private static PageCommands commands;

  @BeforeAll
  static void run() throws Exception {
    stage = Stage.in(folder);
    commands =
        PageCommands.run(
            folder,
            MarkdownPage.of("docs/operations.md").blocks(),
            SERVING,
            script ->
                script
                    .replace("http://localhost:8080", stage.gatewayUrl())
                    .replace("http://localhost:8000", stage.url())
                    .replace("~/.slipstream/console-token", folder + "/token"),
            Map.of());
  }

  @AfterAll
  static void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  void commands_sayWhatThePageShows() {
    assertThat(commands.checkShown()).isGreaterThanOrEqualTo(9);
  }

  @Test
  void headings_areThoseThatAlertsLinkTo() {
    assertThat(MarkdownPage.of("docs/operations.md").anchors())
        .contains(
            "cache-misses",
            "memory-pressure",
            "redis-connection",
            "high-resource-use",
            "ineffective-optimization",
            "agent-turned-itself-off");
  }
}
