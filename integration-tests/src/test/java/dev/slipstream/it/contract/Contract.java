package dev.slipstream.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The API's document, which answers are held to. */
final class Contract {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new HashMap<>();
  private final JsonNode document;

  private Contract(JsonNode document) {
    this.document = document;
  }

  static Contract of(byte[] yaml) throws IOException {
    return new Contract(new YAMLMapper().readTree(yaml));
  }

  /** Every operation, as {@code GET /path}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          operations.add(member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return operations;
  }

  /** Checks an answer to an operation, with all that its schema says. */
  void check(String operation, int status, String type, byte[] body) throws IOException {
    String[] parts = operation.split(" ", 2);
    JsonNode described =
        document
            .path("paths")
            .path(parts[1])
            .path(parts[0].toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(status));
    assertThat(described.isMissingNode())
        .as("%s answers %d: %s", operation, status, new String(body, StandardCharsets.UTF_8))
        .isFalse();
    JsonNode content = resolved(described).path("content");
    List<String> types = new ArrayList<>();
    content.fieldNames().forEachRemaining(types::add);
    assertThat(types).as(operation).anyMatch(type::startsWith);
    if (type.contains("json")) {
      String ref = content.path(types.get(0)).path("schema").path("$ref").textValue();
      checkSchema(ref.substring(ref.lastIndexOf('/') + 1), new ObjectMapper().readTree(body));
    }
  }

  /** Checks a value against a schema of the document. */
  void checkSchema(String name, JsonNode value) {
    assertThat(schemas.computeIfAbsent(name, this::schema).validate(value))
        .as("%s: %s", name, value)
        .isEmpty();
  }

  private Schema schema(String name) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("$ref", "#/components/schemas/" + name);
    root.set("components", document.path("components"));
    return registry.getSchema(root);
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode ref = node.path("$ref");
    return ref.isMissingNode() ? node : document.at(ref.textValue().substring(1));
  }
}
