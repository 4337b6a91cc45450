package dev.slipstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that pages name are there. */
class SettingsInPagesTest {
  private static final Path ROOT = Path.of("..");

  /** A variable of ours: {@code SLIPSTREAM_LOG_LEVEL}. */
  private static final Pattern VARIABLE = Pattern.compile("\\bSLIPSTREAM_([A-Z][A-Z0-9_]*)\\b");

  /** In backquotes {@code cache_mode=off}, or what follows the agent's jar. */
  private static final Pattern OPTION =
      Pattern.compile("(?:`|agent\\.jar=)([a-z]+(?:_[a-z0-9]+)*)=");

  /** What has this form and is no setting: parts of fields, options of other agents. */
  private static final Set<String> OTHERS = Set.of("fwd", "key", "detail", "private", "host");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md")),
          docs.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void setting_isThere(Path page) throws IOException {
    Set<String> names = new HashSet<>(OTHERS);
    SettingsTable.ALL.forEach(setting -> names.add(setting.name()));
    Set<String> variables = new HashSet<>();
    SettingsTable.ALL.forEach(setting -> variables.add(setting.ownVariable()));
    String text = Files.readString(page);

    assertThat(OPTION.matcher(text).results().map((MatchResult match) -> match.group(1)))
        .allMatch(names::contains);
    assertThat(VARIABLE.matcher(text).results().map(MatchResult::group))
        .allMatch(variables::contains);
  }
}
