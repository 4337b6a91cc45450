package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;
import dev.slipstream.config.Problem;
import dev.slipstream.config.Problems;
import dev.slipstream.config.ValueType;
import dev.slipstream.config.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The nodes of one rule by key; what is wrong with a value is reported, with its position.
 *
 * @param <K> the keys, whose text is how they are written
 */
final class RuleNodes<K extends Enum<K>> {

  private static final int LONGEST_LIST = 100;
  private static final String PAGE = "docs/rules.md";

  private final String fileName;
  private final MappingNode node;
  private final Problems problems;
  private final K[] keys;
  private final Map<K, Node> nodes;
  private final @Nullable RuleNodes<?> outer;
  private boolean failed;

  RuleNodes(Class<K> keys, String fileName, MappingNode node, Problems problems) {
    this(keys, fileName, node, problems, null);
  }

  private RuleNodes(
      Class<K> keys,
      String fileName,
      MappingNode node,
      Problems problems,
      @Nullable RuleNodes<?> outer) {
    this.keys = keys.getEnumConstants();
    this.outer = outer;
    this.nodes = new EnumMap<>(keys);
    this.fileName = fileName;
    this.node = node;
    this.problems = problems;
    readKeys();
  }

  private void readKeys() {
    for (NodeTuple entry : node.getValue()) {
      Node keyNode = entry.getKeyNode();
      String name = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
      K key = find(name);
      if (key == null) {
        fail();
        problems.add(
            Problem.unknownName(
                YamlFile.position(fileName, keyNode),
                "key",
                name,
                Stream.of(keys).map(K::toString).toList(),
                PAGE,
                RulesParser.REJECTED));
      } else if (nodes.putIfAbsent(key, entry.getValueNode()) != null) {
        problem(keyNode, name + ": the key is given twice", "each key once in a rule");
      }
    }
  }

  private @Nullable K find(String name) {
    for (K key : keys) {
      if (key.toString().equals(name)) {
        return key;
      }
    }
    return null;
  }

  private void fail() {
    failed = true;
    if (outer != null) {
      outer.fail();
    }
  }

  /** Returns whether a key's value is a map. */
  boolean isMap(K key) {
    return nodes.get(key) instanceof MappingNode;
  }

  /**
   * Returns what is within a key; null where the key is not there, and after a problem.
   *
   * @param inner the keys within
   * @param example what is within, as an operator would write it
   */
  <N extends Enum<N>> @Nullable RuleNodes<N> within(K key, Class<N> inner, String example) {
    Node value = nodes.get(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof MappingNode mapping)) {
      problem(value, key + ": is not a map", "a map, such as {" + example + "}");
      return null;
    }
    return new RuleNodes<>(inner, fileName, mapping, problems, this);
  }

  /** Returns whether any problem was reported. */
  boolean failed() {
    return failed;
  }

  /** Returns the value of a key that has to be there; null after a problem. */
  <T> @Nullable T required(K key, ValueType<T> type) {
    if (!nodes.containsKey(key)) {
      problem(key, "is missing", type.accepted());
    }
    return optional(key, type);
  }

  /** Returns the value of a key; null where it is not there, and after a problem. */
  <T> @Nullable T optional(K key, ValueType<T> type) {
    Node value = nodes.get(key);
    return value == null ? null : scalar(key, value, type);
  }

  /** Returns the value of a key, or {@code absent}. */
  <T> T optional(K key, ValueType<T> type, T absent) {
    T value = optional(key, type);
    return value == null ? absent : value;
  }

  /** Returns the values of a key without repetitions, or {@code absent}. */
  <T> List<T> list(K key, ValueType<T> type, List<T> absent) {
    Node value = nodes.get(key);
    if (value == null) {
      return absent;
    }
    if (!(value instanceof SequenceNode sequence)) {
      problem(value, key + ": is not a list", "a list, such as [a, b], of " + type.accepted());
      return absent;
    }
    int length = sequence.getValue().size();
    if (length > LONGEST_LIST || (length == 0 && !absent.isEmpty())) {
      problem(value, key + ": has " + length + " entries", "1 to " + LONGEST_LIST + " entries");
      return absent;
    }
    List<T> items = new ArrayList<>();
    for (Node itemNode : sequence.getValue()) {
      T item = scalar(key, itemNode, type);
      if (item != null && !items.contains(item)) {
        items.add(item);
      }
    }
    return items;
  }

  /**
   * Returns the entries of a key in the order written; empty where it is not there.
   *
   * @param example an entry as an operator would write it
   */
  <N, V> Map<N, V> map(K key, ValueType<N> names, ValueType<V> values, String example) {
    Node value = nodes.get(key);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof MappingNode mapping)) {
      problem(value, key + ": is not a map", "a map, such as {" + example + "}");
      return Map.of();
    }
    int length = mapping.getValue().size();
    if (length > LONGEST_LIST) {
      problem(value, key + ": has " + length + " entries", "at most " + LONGEST_LIST + " entries");
      return Map.of();
    }
    Map<N, V> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      N entryKey = scalar(key, entry.getKeyNode(), names);
      V entryValue = scalar(key, entry.getValueNode(), values);
      if (entryKey != null
          && entryValue != null
          && entries.putIfAbsent(entryKey, entryValue) != null) {
        String text = Problem.quote(String.valueOf(entryKey));
        problem(entry.getKeyNode(), key + ": " + text + " is given twice", "each key once");
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  private <T> @Nullable T scalar(K key, Node value, ValueType<T> type) {
    if (!(value instanceof ScalarNode scalar)) {
      String kind = value instanceof SequenceNode ? "a list" : "a map";
      problem(value, key + ": is " + kind + ", not one value", type.accepted());
      return null;
    }
    if (value.getTag().equals(Tag.NULL)) {
      problem(value, key + ": has no value", type.accepted());
      return null;
    }
    try {
      return type.parse(scalar.getValue());
    } catch (InvalidValueException e) {
      String text = Problem.quote(scalar.getValue());
      problem(value, key + ": " + text + " " + e.what(), type.accepted());
      return null;
    }
  }

  /** Reports a problem of a key's value, or of the rule where it lacks the key. */
  void problem(K key, String what, String accepted) {
    problem(nodes.getOrDefault(key, node), key + ": " + what, accepted);
  }

  private void problem(Node at, String what, String accepted) {
    fail();
    problems.add(
        new Problem(YamlFile.position(fileName, at), what, accepted, RulesParser.REJECTED));
  }
}
