package dev.slipstream.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options of a command line: {@code --name value} or {@code --name=value}, and plain words. */
final class Arguments {
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<String> words = new ArrayList<>();

  /**
   * Reads them.
   *
   * @param valued options with a value
   * @param flags options without one
   * @throws IllegalArgumentException if an option is neither, or has no value
   */
  Arguments(List<String> arguments, Set<String> valued, Set<String> flags) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      if (flags.contains(argument)) {
        add(option, "");
      } else if (valued.contains(option)) {
        String value = equals >= 0 ? argument.substring(equals + 1) : "";
        if (equals < 0 && i + 1 < arguments.size()) {
          value = arguments.get(++i);
        }
        if (value.isBlank() || value.startsWith("--")) {
          throw new IllegalArgumentException("option " + option + " has no value");
        }
        add(option, value);
      } else if (argument.startsWith("-")) {
        throw new IllegalArgumentException("unknown option \"" + argument + "\"");
      } else {
        words.add(argument);
      }
    }
  }

  private void add(String option, String value) {
    values.computeIfAbsent(option, any -> new ArrayList<>()).add(value);
  }

  List<String> words() {
    return words;
  }

  boolean has(String option) {
    return values.containsKey(option);
  }

  List<String> all(String option) {
    return values.getOrDefault(option, List.of());
  }

  String value(String option, String otherwise) {
    List<String> given = all(option);
    return given.isEmpty() ? otherwise : given.get(given.size() - 1);
  }

  @Nullable Path path(String option) {
    String text = value(option, "");
    try {
      return text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + text + "\" of " + option + " is no file name");
    }
  }

  /** A whole number within bounds. */
  int number(String option, String what, int otherwise, int least, int most) {
    String text = value(option, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(what + " \"" + text + "\" is not in " + least + ".." + most);
  }
}
