package dev.slipstream.config.rules;

import dev.slipstream.config.Problem;
import java.util.List;
import java.util.Objects;

/**
 * What came of reading a rules file.
 *
 * @param rules the rules; empty where the file was rejected
 * @param methods the rules for methods; empty where the file was rejected
 * @param problems in the order found; any at all means that the whole file is rejected
 */
public record ParsedRules(RuleSet rules, List<MethodRule> methods, List<Problem> problems) {

  public ParsedRules {
    Objects.requireNonNull(rules);
    methods = List.copyOf(methods);
    problems = List.copyOf(problems);
  }

  static ParsedRules rejected(List<Problem> problems) {
    return new ParsedRules(RuleSet.EMPTY, List.of(), problems);
  }

  /** Returns whether the file is rejected, so that the rules in force stay. */
  public boolean isRejected() {
    return !problems.isEmpty();
  }
}
