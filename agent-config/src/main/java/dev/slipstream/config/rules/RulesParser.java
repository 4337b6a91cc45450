package dev.slipstream.config.rules;

import dev.slipstream.config.Problem;
import dev.slipstream.config.Problems;
import dev.slipstream.config.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
  private final List<CacheRule> rules = new ArrayList<>();
  private final List<MethodRule> methods = new ArrayList<>();

  RulesParser(String fileName) {
    this.fileName = fileName;
    this.problems = new Problems(fileName);
  }

  /** Returns the rules of the document; a null root is an empty one. */
  ParsedRules parse(@Nullable Node root) {
    readKeys(root);
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
    Set<String> read = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      Node key = entry.getKeyNode();
      String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!KEYS.contains(name)) {
        problems.add(
            Problem.unknownName(
                YamlFile.position(fileName, key), "key", name, KEYS, "docs/rules.md", REJECTED));
      } else if (!read.add(name)) {
        problem(key, "the key \"" + name + "\" is given twice", "each key once");
      } else if (name.equals(RULES)) {
        rules(entry.getValueNode());
      } else {
        methods(entry.getValueNode());
      }
    }
  }

  private void rules(Node list) {
    Set<String> names = new HashSet<>();
    each(
        RULES,
        list,
        "a list of rules, each beginning with \"- name:\"",
        item -> {
          CacheRule rule = new RuleParser(fileName, item, problems).parse(names);
          if (rule != null) {
            rules.add(rule);
          }
        });
  }

  private void methods(Node list) {
    Set<MethodName> names = new HashSet<>();
    each(
        METHODS,
        list,
        "a list of rules, each beginning with \"- method:\"",
        item -> {
          MethodRule rule = new MethodRuleParser(fileName, item, problems).parse(names);
          if (rule != null) {
            methods.add(rule);
          }
        });
  }

  /** Goes through a list in the file's order, which is that of the problems, too. */
  private void each(String key, Node list, String accepted, Consumer<MappingNode> parser) {
    if (list.getTag().equals(Tag.NULL)) {
      return;
    }
    if (!(list instanceof SequenceNode sequence)) {
      problem(list, key + ": is not a list", accepted);
      return;
    }
    if (sequence.getValue().size() > MOST_RULES) {
      problem(list, key + ": has more than " + MOST_RULES + " rules", "at most " + MOST_RULES);
      return;
    }
    for (Node item : sequence.getValue()) {
      if (item instanceof MappingNode mapping) {
        parser.accept(mapping);
      } else {
        problem(item, "a rule is not a map", "keys such as name, pattern and ttl");
      }
    }
  }

  private void problem(Node node, String what, String accepted) {
    problems.add(new Problem(YamlFile.position(fileName, node), what, accepted, REJECTED));
  }
}
