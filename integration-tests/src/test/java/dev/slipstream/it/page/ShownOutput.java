package dev.slipstream.it.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output as a page shows it: lines, in this order, with others between them. {@code …} is what was
 * left out, numbers are any numbers. Not so those that a reader counts on: statuses, the lifetime
 * that an answer is stored with, how many entries went, a number alone; and {@code answer N} is the
 * same answer where the page has the same number, and another where it has another.
 */
final class ShownOutput {
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<answer>answer \\d+)"
              + "|(?<exact>(?:stored; ttl=|fwd-status=|_entries\":|HTTP/1.1 )\\d+)"
              + "|(?<number>\\d+)|(?<gap>…)|(?<blank>\\s+)|(?<text>[^\\d…\\s])");

  private ShownOutput() {}

  /** What is wrong; nothing where the output has it. */
  static List<String> missing(List<String> lines, String output) {
    List<String> answers = new ArrayList<>();
    StringBuilder regex = new StringBuilder();
    for (String line : lines) {
      regex.append(pattern(line.strip(), answers)).append("[\\s\\S]*?");
    }
    Matcher matcher = Pattern.compile(regex.toString()).matcher(output);
    if (!matcher.find()) {
      return List.of(String.join("\n", lines) + "\nis not in\n" + output);
    }
    Set<String> numbers = new HashSet<>();
    for (int i = 1; i <= answers.size(); i++) {
      if (!numbers.add(matcher.group(i))) {
        return List.of(matcher.group(i) + " is shown as several answers: " + output);
      }
    }
    return List.of();
  }

  private static String pattern(String line, List<String> answers) {
    if (line.matches("\\d+")) {
      return "(?m:^" + line + "$)";
    }
    StringBuilder pattern = new StringBuilder();
    Matcher piece = PIECE.matcher(line);
    while (piece.find()) {
      if (piece.group("answer") != null) {
        int known = answers.indexOf(piece.group());
        if (known < 0) {
          answers.add(piece.group());
          pattern.append("(answer \\d+)");
        } else {
          pattern.append('\\').append(known + 1).append("(?!\\d)");
        }
      } else if (piece.group("number") != null) {
        pattern.append("\\d+");
      } else if (piece.group("gap") != null) {
        pattern.append(".*");
      } else if (piece.group("blank") != null) {
        pattern.append("\\s+");
      } else {
        pattern.append(Pattern.quote(piece.group()));
        pattern.append(piece.group("exact") == null ? "" : "(?!\\d)");
      }
    }
    return pattern.toString();
  }
}
