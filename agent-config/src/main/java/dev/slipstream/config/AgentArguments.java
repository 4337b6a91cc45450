package dev.slipstream.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text after {@code =} in {@code -javaagent:slipstream-agent.jar=key=value,key=value}.
 *
 * <p>A comma inside a value is written {@code \,}. A key may have dots for underscores.
 *
 * @param values the values by setting name, in the order given
 * @param problems what could not be read; never shows a value
 */
public record AgentArguments(Map<String, String> values, List<Problem> problems) {

  private static final String ACCEPTED =
      "key=value pairs separated by commas, with \"\\,\" for a comma inside a value";

  public AgentArguments {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** Reads the text; null and blank are no arguments at all. */
  public static AgentArguments parse(@Nullable String text) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    List<String> arguments = text == null ? List.of() : split(text);
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String where = "agent argument " + (i + 1);
      int equals = argument.indexOf('=');
      if (argument.isBlank()) {
        continue;
      }
      if (equals <= 0) {
        problems.add(new Problem(where, "has no key", ACCEPTED, "it is ignored"));
        continue;
      }
      String key = argument.substring(0, equals).strip().replace('.', '_');
      if (values.putIfAbsent(key, argument.substring(equals + 1)) != null) {
        problems.add(
            new Problem(
                where,
                Problem.quote(key) + " is given twice",
                "each key once",
                "the first value is used"));
      }
    }
    return new AgentArguments(values, problems);
  }

  /** Returns the keys alone: a value may be a secret. */
  @Override
  public String toString() {
    return String.join(",", values.keySet());
  }

  private static List<String> split(String text) {
    List<String> arguments = new ArrayList<>();
    StringBuilder argument = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
        argument.append(',');
        i++;
      } else if (c == ',') {
        arguments.add(argument.toString());
        argument.setLength(0);
      } else {
        argument.append(c);
      }
    }
    arguments.add(argument.toString());
    return arguments;
  }
}
