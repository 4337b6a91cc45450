package dev.slipstream.config;

import dev.slipstream.config.yaml.YamlException;
import dev.slipstream.config.yaml.YamlFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The settings of a YAML file: nested keys joined by {@code _}, lists joined by commas. */
final class SettingsFile {

  private static final int DEEPEST_KEY = 4;
  private static final String IGNORED = "it is ignored";

  private final String fileName;
  private final Problems problems;
  private final Map<String, SourcedText> values = new LinkedHashMap<>();

  private SettingsFile(String fileName, Problems problems) {
    this.fileName = fileName;
    this.problems = problems;
  }

  /** Returns the texts in the file by setting name, known to the table or not. */
  static Map<String, SourcedText> read(Path file, Problems problems) {
    SettingsFile settings = new SettingsFile(file.toString(), problems);
    try {
      settings.addRoot(YamlFile.parse(settings.fileName, YamlFile.read(file)));
    } catch (YamlException e) {
      problems.add(new Problem(e.where(), e.what(), e.accepted(), "the file is not used"));
    }
    return settings.values;
  }

  private void addRoot(@Nullable Node root) {
    if (root instanceof MappingNode mapping) {
      addMapping("", 1, mapping);
    } else if (root != null && !root.getTag().equals(Tag.NULL)) {
      problems.add(
          new Problem(
              YamlFile.position(fileName, root),
              "not a map of settings",
              "name: value, one on a line",
              "the file is not used"));
    }
  }

  private void addMapping(String prefix, int depth, MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && depth <= DEEPEST_KEY) {
        addEntry(prefix + key.getValue().replace('.', '_'), depth, key, entry.getValueNode());
      } else {
        problems.add(
            new Problem(
                YamlFile.position(fileName, entry.getKeyNode()),
                "not the name of a setting",
                "name: value, one on a line",
                IGNORED));
      }
    }
  }

  private void addEntry(String name, int depth, ScalarNode key, Node value) {
    if (value instanceof MappingNode mapping) {
      addMapping(name + "_", depth + 1, mapping);
      return;
    }
    String text = value.getTag().equals(Tag.NULL) ? "" : text(value);
    if (text == null) {
      problems.add(
          new Problem(
              YamlFile.position(fileName, value),
              Problem.quote(name) + " is a list of more than plain values",
              "a value or a list of values",
              IGNORED));
    } else if (values.putIfAbsent(name, new SourcedText(text, YamlFile.position(fileName, key)))
        != null) {
      problems.add(
          new Problem(
              YamlFile.position(fileName, key),
              Problem.quote(name) + " is given twice",
              "each setting once",
              "the first value is used"));
    }
  }

  private static @Nullable String text(Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    StringBuilder joined = new StringBuilder();
    for (Node item : ((SequenceNode) value).getValue()) {
      if (!(item instanceof ScalarNode scalar)) {
        return null;
      }
      joined.append(joined.isEmpty() ? "" : ",").append(scalar.getValue());
    }
    return joined.isEmpty() ? "none" : joined.toString();
  }
}
