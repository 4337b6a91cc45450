package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds docs/rules.md to the code. */
class RulesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "rules.md");

  @Test
  void page_hasEveryKeyInOrder() throws Exception {
    assertThat(found("(?m)^\\| `(\\w+)` \\| (?:required|`[^|]*`) \\|"))
        .startsWith(RuleKey.NAMES.toArray(new String[0]));
  }

  @Test
  void page_hasEveryDefaultRule() throws Exception {
    assertThat(found("(?m)^\\| `([\\w-]+)` \\| (?:POST )?`/"))
        .containsExactlyElementsOf(
            RulesFile.defaults().rules().stream().map(CacheRule::name).toList());
  }

  @Test
  void page_hasAnExampleThatParses() throws Exception {
    List<String> examples = found("(?s)```yaml\n(.*?)```");

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThat(RulesFile.parse("rules.md", example).problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void page_hasAnExampleOfEachKeyThatParses(RuleKey key) throws Exception {
    List<String> examples = found("`(" + key + ": [^`]*)` \\|\n");
    assertThat(examples).hasSize(1);
    String rest =
        switch (key) {
          case NAME -> "pattern: /a";
          case PATTERN -> "name: a";
          default -> "name: a\n    pattern: /a";
        };

    assertThat(
            RulesFile.parse("rules.md", "rules:\n  - " + examples.get(0) + "\n    " + rest)
                .problems())
        .isEmpty();
  }

  @Test
  void page_tellsPatternsAsTheyAre() throws Exception {
    List<String> rows = found("(?m)^(\\| `/.*)$");
    assertThat(rows).hasSize(7);
    for (String row : rows) {
      String[] cells = row.split(" \\| ", -1);
      PathPattern pattern = PathPattern.parse(codes(cells[0]).get(0));
      assertThat(codes(cells[2])).isNotEmpty().allMatch(pattern::matches);
      assertThat(codes(cells[3])).isNotEmpty().noneMatch(pattern::matches);
    }
  }

  private static List<String> codes(String cell) {
    return Pattern.compile("`([^`]*)`").matcher(cell).results().map(m -> m.group(1)).toList();
  }

  private static List<String> found(String regex) throws Exception {
    return Pattern.compile(regex)
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
