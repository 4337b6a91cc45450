package dev.slipstream.it.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An alert of the file of alerts. */
record Alert(String name, JsonNode json) {
  static final Path FOLDER = Path.of("..", "deploy", "prometheus");
  static final Path FILE = FOLDER.resolve("alerts.yaml");

  static List<Alert> all() {
    List<Alert> all = new ArrayList<>();
    try {
      for (JsonNode group : new YAMLMapper().readTree(FILE.toFile()).path("groups")) {
        for (JsonNode rule : group.path("rules")) {
          all.add(new Alert(rule.path("alert").asText(), rule));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  String annotation(String name) {
    return json.path("annotations").path(name).asText();
  }

  Expression expression() {
    return Expression.ofAlert(
        name, json.path("expr").asText(), annotation("summary") + annotation("description"));
  }

  @Override
  public String toString() {
    return name;
  }
}
