package dev.slipstream.console.targets;

import dev.slipstream.config.yaml.YamlFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A map of a YAML file, read strictly; errors say where. */
final class YamlMap {
  private final String file;
  private final Node whole;
  private final Map<String, Node> nodes;

  private YamlMap(String file, Node whole, Map<String, Node> nodes) {
    this.file = file;
    this.whole = whole;
    this.nodes = nodes;
  }

  /**
   * Reads one.
   *
   * @throws IOException if a key is not accepted or there twice
   */
  static YamlMap of(String file, Node node, Set<String> accepted) throws IOException {
    if (!(node instanceof MappingNode mapping)) {
      throw new IOException(YamlFile.position(file, node) + ": no map");
    }
    Map<String, Node> nodes = new HashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String where = YamlFile.position(file, entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key) || !accepted.contains(key.getValue())) {
        throw new IOException(where + ": unknown key; accepted: " + new TreeSet<>(accepted));
      }
      if (nodes.put(key.getValue(), entry.getValueNode()) != null) {
        throw new IOException(where + ": " + key.getValue() + " is given twice");
      }
    }
    return new YamlMap(file, mapping, nodes);
  }

  YamlMap inner(Node node, Set<String> accepted) throws IOException {
    return of(file, node, accepted);
  }

  @Nullable Node node(String name) {
    return nodes.get(name);
  }

  /** The text of a key; {@code null} if it is not there. */
  @Nullable String optional(String name) throws IOException {
    Node node = nodes.get(name);
    if (node == null || node.getTag().equals(Tag.NULL)) {
      return null;
    }
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw new IOException(YamlFile.position(file, node) + ": " + name + " is no text");
    }
    return scalar.getValue();
  }

  String text(String name, String otherwise) throws IOException {
    String text = optional(name);
    return text == null ? otherwise : text;
  }

  String needed(String name) throws IOException {
    String text = optional(name);
    if (text == null) {
      throw wrong(name + " is missing");
    }
    return text;
  }

  boolean flag(String name, boolean otherwise) throws IOException {
    return switch (text(name, Boolean.toString(otherwise))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name + " is neither true nor false");
    };
  }

  int port() throws IOException {
    try {
      return Integer.parseInt(needed("port"));
    } catch (NumberFormatException e) {
      throw wrong("port is no number");
    }
  }

  /** Something is wrong with the map as a whole. */
  IOException wrong(@Nullable String what) {
    return new IOException(YamlFile.position(file, whole) + ": " + what);
  }
}
