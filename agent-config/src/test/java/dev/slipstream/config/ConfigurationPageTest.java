package dev.slipstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md to the table of settings. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final String HEAD =
      """
      | Setting | Environment | Default | Accepted | What it is |
      | --- | --- | --- | --- | --- |
      """;

  @Test
  void page_hasTheTableOfSettings() throws Exception {
    String table =
        SettingsTable.ALL.stream()
            .map(ConfigurationPageTest::row)
            .collect(Collectors.joining("\n", HEAD, "\n"));

    assertThat(Files.readString(PAGE))
        .as("%s has to contain this table:%n%s", PAGE, table)
        .contains("\n\n" + table + "\n");
  }

  private static String row(Setting<?> setting) {
    return String.format(
        Locale.ROOT,
        "| `%s` | `%s` | `%s` | %s | %s |",
        setting.name(),
        setting.plainEnvironment() ? setting.plainVariable() : setting.ownVariable(),
        setting.defaultText().replace(",", ", "),
        setting.type().accepted().replace("*", "\\*"),
        setting.description());
  }
}
