package dev.slipstream.it.watch;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A metric that an expression asks for, with its matchers.
 *
 * @param ranged whether its values of a time are asked for, as {@code rate} does, or the latest one
 */
record Selector(String metric, List<Matcher> matchers, boolean ranged) {
  /** Compares the value of a label. */
  record Matcher(String label, String operator, String value) {
    boolean matches(String labelled) {
      return switch (operator) {
        case "=" -> labelled.equals(value);
        case "!=" -> !labelled.equals(value);
        case "=~" -> Pattern.matches(value, labelled);
        case "!~" -> !Pattern.matches(value, labelled);
        default -> throw new AssertionError(operator);
      };
    }
  }

  Selector {
    matchers = List.copyOf(matchers);
  }

  /** Whether all matchers take a series, but for labels that it is not told the values of. */
  boolean matches(Map<String, String> labels) {
    return matchers.stream()
        .filter(matcher -> labels.containsKey(matcher.label()))
        .allMatch(matcher -> matcher.matches(labels.get(matcher.label())));
  }
}
