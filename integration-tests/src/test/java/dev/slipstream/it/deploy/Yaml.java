package dev.slipstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as its readers here take it: 1.1, with anchors and merged maps, no key twice. */
final class Yaml {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Yaml() {}

  /** The documents of a text that are not empty. */
  static List<JsonNode> all(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<JsonNode> documents = new ArrayList<>();
    for (Object document :
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(text)) {
      if (document != null) {
        documents.add(JSON.valueToTree(document));
      }
    }
    return documents;
  }

  /** The documents of a file that are not empty. */
  static List<JsonNode> all(Path file) {
    try {
      return all(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one document of a file. */
  static JsonNode one(Path file) {
    List<JsonNode> documents = all(file);
    if (documents.size() != 1) {
      throw new AssertionError(file + " has " + documents.size() + " documents");
    }
    return documents.get(0);
  }
}
