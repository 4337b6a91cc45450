package dev.slipstream.config.rules;

import dev.slipstream.config.Problem;
import dev.slipstream.config.Problems;
import dev.slipstream.config.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the document of one rules file. */
final class RulesParser {

  /** What any problem leads to. */
  static final String REJECTED = "the whole file is rejected and the rules in force stay";

  private static final String RULES = "rules";
  private static final String METHODS = "cached_methods";
  private static final List<String> KEYS = List.of(RULES, METHODS);
  private static final int MOST_RULES = 1_000;

  private final String fileName;
  private final Problems problems;
  private final Map<String, Node> lists = new HashMap<>();

  RulesParser(String fileName) {
    this.fileName = fileName;
    this.problems = new Problems(fileName);
  }

  /** Returns the rules of the document; a null root is an empty one. */
  ParsedRules parse(@Nullable Node root) {
    readKeys(root);
    List<CacheRule> rules = rules();
    List<MethodRule> methods = methods();
    return problems.isEmpty()
        ? new ParsedRules(new RuleSet(rules), methods, List.of())
        : ParsedRules.rejected(problems.toList());
  }

  private void readKeys(@Nullable Node root) {
    if (root == null || root.getTag().equals(Tag.NULL)) {
      return;
    }
    if (!(root instanceof MappingNode mapping)) {
      problem(root, "the file is not a map", "the key \"rules\" with a list of rules");
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      Node key = entry.getKeyNode();
      String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!KEYS.contains(name)) {
        problems.add(
            Problem.unknownName(
                YamlFile.position(fileName, key), "key", name, KEYS, "docs/rules.md", REJECTED));
      } else if (lists.putIfAbsent(name, entry.getValueNode()) != null) {
        problem(key, "the key \"" + name + "\" is given twice", "each key once");
      }
    }
  }

  private List<CacheRule> rules() {
    List<CacheRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (MappingNode item : items(RULES, "a list of rules, each beginning with \"- name:\"")) {
      CacheRule rule = new RuleParser(fileName, item, problems).parse(names);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private List<MethodRule> methods() {
    List<MethodRule> rules = new ArrayList<>();
    Set<MethodName> methods = new HashSet<>();
    for (MappingNode item : items(METHODS, "a list of rules, each beginning with \"- method:\"")) {
      MethodRule rule = new MethodRuleParser(fileName, item, problems).parse(methods);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private List<MappingNode> items(String key, String accepted) {
    Node node = lists.get(key);
    if (node == null || node.getTag().equals(Tag.NULL)) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      problem(node, key + ": is not a list", accepted);
      return List.of();
    }
    if (sequence.getValue().size() > MOST_RULES) {
      problem(node, key + ": has more than " + MOST_RULES + " rules", "at most " + MOST_RULES);
      return List.of();
    }
    List<MappingNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (item instanceof MappingNode mapping) {
        items.add(mapping);
      } else {
        problem(item, "a rule is not a map", "keys such as name, pattern and ttl");
      }
    }
    return items;
  }

  private void problem(Node node, String what, String accepted) {
    problems.add(new Problem(YamlFile.position(fileName, node), what, accepted, REJECTED));
  }
}
