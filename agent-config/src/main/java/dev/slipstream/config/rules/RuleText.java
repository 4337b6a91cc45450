package dev.slipstream.config.rules;

import dev.slipstream.config.yaml.YamlException;
import dev.slipstream.config.yaml.YamlFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A cache rule as it is written in a file.
 *
 * @param line the line that it begins in, from 1
 * @param yaml its text, without what comes before it in the list
 */
public record RuleText(int line, String yaml) {
  /** Returns the rules in a text that was read without a problem, by name. */
  public static Map<String, RuleText> of(String text) {
    Map<String, RuleText> rules = new HashMap<>();
    try {
      if (YamlFile.parse("rules", text) instanceof MappingNode root) {
        List<String> lines = text.lines().toList();
        for (NodeTuple entry : root.getValue()) {
          if (isScalar(entry.getKeyNode(), "rules")
              && entry.getValueNode() instanceof SequenceNode list) {
            list.getValue().forEach(item -> add(rules, lines, item));
          }
        }
      }
    } catch (YamlException e) {
      return Map.of(); // a text that was rejected
    }
    return rules;
  }

  private static boolean isScalar(Node node, String value) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(value);
  }

  private static void add(Map<String, RuleText> rules, List<String> lines, Node item) {
    if (!(item instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (isScalar(entry.getKeyNode(), "name")
          && entry.getValueNode() instanceof ScalarNode name
          && item.getStartMark().isPresent()
          && item.getEndMark().isPresent()) {
        rules.put(
            name.getValue(), slice(lines, item.getStartMark().get(), item.getEndMark().get()));
      }
    }
  }

  private static RuleText slice(List<String> lines, Mark start, Mark end) {
    int from = start.getLine();
    int column = start.getColumn();
    StringBuilder text = new StringBuilder();
    for (int i = from; i <= Math.min(end.getLine(), lines.size() - 1); i++) {
      String line = lines.get(i);
      String part = i == end.getLine() ? head(line, end.getColumn()) : line;
      text.append(tail(part, i == from ? column : Math.min(column, indentation(part))))
          .append('\n');
    }
    return new RuleText(from + 1, withoutComments(text.toString()));
  }

  /** Marks count code points. */
  private static String head(String line, int column) {
    return line.substring(0, line.offsetByCodePoints(0, Math.min(column, length(line))));
  }

  private static String tail(String line, int column) {
    return line.substring(line.offsetByCodePoints(0, Math.min(column, length(line))));
  }

  private static int length(String line) {
    return line.codePointCount(0, line.length());
  }

  private static int indentation(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces;
  }

  /** A block reaches to the next one: what is written before that belongs to it. */
  private static String withoutComments(String block) {
    List<String> lines = block.stripTrailing().lines().toList();
    int end = lines.size();
    while (end > 1 && (lines.get(end - 1).isBlank() || lines.get(end - 1).startsWith("#"))) {
      end--;
    }
    return lines.subList(0, end).stream().collect(Collectors.joining("\n"));
  }
}
