package dev.slipstream.config.rules;

import dev.slipstream.config.Problem;
import dev.slipstream.config.yaml.YamlException;
import dev.slipstream.config.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads cache rules from YAML; everything wrong in a file is reported, nothing is thrown. */
public final class RulesFile {

  private static final String DEFAULT_RULES = "default_rules.yaml";

  private RulesFile() {}

  /**
   * Returns the rules in a text.
   *
   * @param fileName the file's name in the positions of problems
   */
  public static ParsedRules parse(String fileName, String text) {
    try {
      return new RulesParser(fileName).parse(YamlFile.parse(fileName, text));
    } catch (YamlException e) {
      return rejected(e);
    }
  }

  /** Returns the rules in a file. */
  public static ParsedRules read(Path file) {
    try {
      return parse(file.toString(), YamlFile.read(file));
    } catch (YamlException e) {
      return rejected(e);
    }
  }

  /** Returns the rules that come with the agent. */
  public static RuleSet defaults() {
    ParsedRules parsed = parse(DEFAULT_RULES, defaultText());
    if (parsed.isRejected()) {
      throw new IllegalStateException(parsed.problems().get(0).message());
    }
    return parsed.rules();
  }

  /** Returns the text of the rules that come with the agent. */
  public static String defaultText() {
    try (InputStream in = RulesFile.class.getResourceAsStream(DEFAULT_RULES)) {
      if (in == null) {
        throw new IllegalStateException(DEFAULT_RULES + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ParsedRules rejected(YamlException e) {
    return ParsedRules.rejected(
        List.of(new Problem(e.where(), e.what(), e.accepted(), RulesParser.REJECTED)));
  }
}
