package dev.slipstream.it.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard's file. */
record Dashboard(String name, JsonNode json) {
  static final Path FOLDER = Path.of("..", "deploy", "grafana", "dashboards");
  private static final Pattern VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  static List<Dashboard> all() {
    ObjectMapper mapper = new ObjectMapper();
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Dashboard> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(new Dashboard(file.getFileName().toString(), mapper.readTree(file.toFile())));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its panels without the headings of rows. */
  List<JsonNode> panels() {
    return each(json.path("panels"))
        .filter(panel -> !panel.path("type").asText().equals("row"))
        .toList();
  }

  /** Those of its panels, annotations and variables. */
  List<Expression> expressions() {
    List<Expression> found = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        found.add(
            Expression.ofDashboard(
                name + ", " + panel.path("title").asText(),
                target.path("expr").asText(),
                target.path("legendFormat").asText()));
      }
    }
    for (JsonNode annotation : json.at("/annotations/list")) {
      if (annotation.has("expr")) {
        found.add(
            Expression.ofDashboard(
                name + ", annotation " + annotation.path("name").asText(),
                annotation.path("expr").asText(),
                annotation.path("titleFormat").asText() + annotation.path("textFormat").asText()));
      }
    }
    for (JsonNode variable : json.at("/templating/list")) {
      if (variable.path("type").asText().equals("query")) {
        String query = variable.at("/query/query").asText();
        Matcher values = VALUES.matcher(query);
        if (!values.matches() || !query.equals(variable.path("definition").asText())) {
          throw new AssertionError(name + ": a variable that is not understood: " + variable);
        }
        found.add(
            Expression.ofDashboard(
                name + ", variable", values.group(1), "{{" + values.group(2) + "}}"));
      }
    }
    return found;
  }

  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @Override
  public String toString() {
    return name;
  }
}
