package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules in all pages are rules as they are read. */
class RulesInPagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^(?:```yaml|cat > \\S*rules\\.yaml <<'EOS')\\n(.*?)^(?:```|EOS)$");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md")),
          docs.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  private static List<String> rules(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .map(match -> match.group(1))
        .filter(block -> block.startsWith("rules:") || block.startsWith("cached_methods:"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void rules_areReadWithoutAProblem(Path page) throws IOException {
    for (String rules : rules(page)) {
      assertThat(RulesFile.parse(page.toString(), rules).problems()).as(rules).isEmpty();
    }
  }

  @Test
  void rules_areFound() throws IOException {
    assertThat(rules(ROOT.resolve("docs/cookbook.md"))).hasSizeGreaterThanOrEqualTo(12);
    assertThat(rules(ROOT.resolve("docs/getting-started.md"))).hasSize(4);
  }
}
