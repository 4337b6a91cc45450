package dev.slipstream.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.targets.TargetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document says what the routes are, and the routes are what the document says. */
class ApiDocumentTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
  private static final Pattern ACCEPTED = Pattern.compile("accepted: \\[(.*)]");

  private FakeConsole console;
  private JsonNode document;

  @BeforeEach
  void start() throws Exception {
    console = FakeConsole.reading(new TargetAddress[0]);
    Api.Answer answer = console.api().get("/api/v1/openapi.yaml");
    assertThat(answer.field("Content-Type")).startsWith("application/yaml");
    document = new YAMLMapper().readTree(answer.response().body());
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private record Operation(String method, String path, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
        }
      }
    }
    return operations;
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode ref = node.path("$ref");
    return ref.isMissingNode() ? node : document.at(ref.textValue().substring(1));
  }

  @Test
  void routes_areThoseOfTheDocument() {
    Set<String> routes =
        console.routes().stream()
            .filter(route -> route.contains(" /api/") || route.endsWith(" /metrics"))
            .filter(route -> !route.startsWith("HEAD "))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(operations().stream().map(Operation::toString))
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void parameters_areThoseOfTheDocument() throws Exception {
    for (Operation operation : operations()) {
      Set<String> documented = new TreeSet<>();
      for (JsonNode parameter : operation.node().path("parameters")) {
        if (resolved(parameter).path("in").textValue().equals("query")) {
          documented.add(resolved(parameter).path("name").textValue());
        }
      }
      assertThat(accepted(operation, "?zzz=1", "{}"))
          .as(operation.toString())
          .isEqualTo(documented);
    }
  }

  @Test
  void bodies_haveTheMembersOfTheDocument() throws Exception {
    for (Operation operation : operations()) {
      JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
      if (!schema.isMissingNode()) {
        Set<String> documented = new TreeSet<>();
        resolved(schema).path("properties").fieldNames().forEachRemaining(documented::add);
        assertThat(accepted(operation, "", "{\"zzz\":1}"))
            .as(operation.toString())
            .isEqualTo(documented);
      }
    }
  }

  /** What the route says it accepts, of parameters or members; none where it says nothing. */
  private Set<String> accepted(Operation operation, String query, String body) throws Exception {
    String path = operation.path().replaceAll("\\{\\w+}", "x") + query;
    Api.Answer answer =
        console
            .api()
            .send(
                operation.method(),
                path,
                BodyPublishers.ofString(operation.method().equals("GET") ? "" : body),
                "Content-Type",
                "application/json");
    Set<String> accepted = new TreeSet<>();
    if (answer.status() == 400) {
      Matcher matcher = ACCEPTED.matcher(answer.json().path("detail").textValue());
      assertThat(matcher.find()).as(answer.json().toString()).isTrue();
      if (!matcher.group(1).isEmpty()) {
        accepted.addAll(List.of(matcher.group(1).split(", ")));
      }
    }
    return accepted;
  }

  @Test
  void refusals_ofEveryRoute_areInTheDocument() throws Exception {
    for (Operation operation : operations()) {
      JsonNode responses = operation.node().path("responses");
      String path = operation.path().replaceAll("\\{\\w+}", "x");
      int tooLong = refusal(operation.method(), path + "?" + "a".repeat(4_200), "a");
      int noMethod = refusal("PATCH", path, "a");
      int fields = refusal(operation.method(), path, "a".repeat(9_000));
      assertThat(List.of(tooLong, noMethod, fields)).containsExactly(414, 405, 431);
      for (int status : List.of(tooLong, noMethod, fields)) {
        assertThat(responses.has(Integer.toString(status))).as(operation + " " + status).isTrue();
      }
      assertThat(responses.has("408"))
          .as(operation + " 408, as 413 is")
          .isEqualTo(operation.node().has("requestBody"))
          .isEqualTo(responses.has("413"));
    }
  }

  private int refusal(String method, String path, String field) throws Exception {
    return console.api().send(method, path, BodyPublishers.noBody(), "X-Field", field).status();
  }

  @Test
  void everything_isDescribed_andIsWhatIsReferredTo() {
    Set<String> referred = new TreeSet<>();
    check("", document, referred);
    Set<String> named = new TreeSet<>();
    document
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> named.add("#/components/schemas/" + name));
    referred.removeIf(name -> !name.startsWith("#/components/schemas/"));
    referred.add("#/components/schemas/LiveSample"); // events have no schema of their own
    assertThat(named).isEqualTo(referred);
  }

  private void check(String path, JsonNode node, Set<String> referred) {
    JsonNode ref = node.path("$ref");
    if (ref.isTextual()) {
      referred.add(ref.textValue());
      assertThat(resolved(node).isMissingNode()).as(ref.textValue()).isFalse();
    }
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      JsonNode schema = property.getValue();
      boolean described =
          schema.has("description")
              || schema.has("$ref")
              || schema.has("enum")
              || isListOfRefs(schema);
      assertThat(described).as(path + "/" + property.getKey() + " is described").isTrue();
    }
    if (node.path("parameters").isArray()) {
      node.path("parameters")
          .forEach(one -> assertThat(resolved(one).path("description").asText()).isNotBlank());
    }
    if (node.path("type").asText().equals("object") && node.has("properties")) {
      boolean closed = node.has("additionalProperties") || node.has("unevaluatedProperties");
      assertThat(closed || path.endsWith("/Envelope")).as(path + " is closed").isTrue();
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      check(path + "/" + member.getKey(), member.getValue(), referred);
    }
    if (node.isArray()) {
      node.forEach(one -> check(path + "/-", one, referred));
    }
  }

  private static boolean isListOfRefs(JsonNode schema) {
    JsonNode items = schema.path("items");
    return items.has("$ref") || items.has("description");
  }
}
