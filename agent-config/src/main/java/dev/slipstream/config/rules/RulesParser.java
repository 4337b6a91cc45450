package dev.slipstream.config.rules;

import dev.slipstream.config.Problem;
import dev.slipstream.config.Problems;
import dev.slipstream.config.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private static final int MOST_RULES = 1_000;

  private final String fileName;
  private final Problems problems;

  RulesParser(String fileName) {
    this.fileName = fileName;
    this.problems = new Problems(fileName);
  }

  /** Returns the rules of the document; a null root is an empty one. */
  ParsedRules parse(@Nullable Node root) {
    List<CacheRule> rules = rules(root);
    return problems.isEmpty()
        ? new ParsedRules(new RuleSet(rules), List.of())
        : ParsedRules.rejected(problems.toList());
  }

  private List<CacheRule> rules(@Nullable Node root) {
    if (root == null || root.getTag().equals(Tag.NULL)) {
      return List.of();
    }
    if (!(root instanceof MappingNode mapping)) {
      problem(root, "the file is not a map", "the key \"rules\" with a list of rules");
      return List.of();
    }
    List<CacheRule> rules = new ArrayList<>();
    boolean found = false;
    for (NodeTuple entry : mapping.getValue()) {
      Node key = entry.getKeyNode();
      String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!name.equals(RULES)) {
        problems.add(
            Problem.unknownName(
                YamlFile.position(fileName, key),
                "key",
                name,
                List.of(RULES),
                "docs/rules.md",
                REJECTED));
      } else if (found) {
        problem(key, "the key \"rules\" is given twice", "each key once");
      } else {
        found = true;
        rules.addAll(ruleList(entry.getValueNode()));
      }
    }
    return rules;
  }

  private List<CacheRule> ruleList(Node node) {
    if (node.getTag().equals(Tag.NULL)) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      problem(node, "rules: is not a list", "a list of rules, each beginning with \"- name:\"");
      return List.of();
    }
    if (sequence.getValue().size() > MOST_RULES) {
      problem(node, "rules: has more than " + MOST_RULES + " rules", "at most " + MOST_RULES);
      return List.of();
    }
    List<CacheRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof MappingNode mapping)) {
        problem(item, "a rule is not a map", "keys such as name, pattern and ttl");
        continue;
      }
      CacheRule rule = new RuleParser(fileName, mapping, problems).parse(names);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private void problem(Node node, String what, String accepted) {
    problems.add(new Problem(YamlFile.position(fileName, node), what, accepted, REJECTED));
  }
}
