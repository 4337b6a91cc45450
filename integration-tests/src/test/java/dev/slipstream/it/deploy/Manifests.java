package dev.slipstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects of Kubernetes that belong together. */
record Manifests(List<JsonNode> all) {
  Manifests {
    all = List.copyOf(all);
  }

  /** By kind and name, as {@code Service/gateway}. */
  Map<String, JsonNode> byName() {
    Map<String, JsonNode> named = new TreeMap<>();
    for (JsonNode object : all) {
      if (named.put(name(object), object) != null) {
        throw new AssertionError(name(object) + " is there twice");
      }
    }
    return named;
  }

  static String name(JsonNode object) {
    return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
  }

  List<JsonNode> ofKind(String kind) {
    return all.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  JsonNode get(String name) {
    JsonNode object = byName().get(name);
    if (object == null) {
      throw new AssertionError("there is no " + name + " in " + byName().keySet());
    }
    return object;
  }

  /** What has pods. */
  List<JsonNode> workloads() {
    return Stream.of("Deployment", "StatefulSet").flatMap(kind -> ofKind(kind).stream()).toList();
  }

  /** What a workload's pods are to be. */
  static JsonNode podOf(JsonNode workload) {
    return workload.at("/spec/template/spec");
  }

  static List<JsonNode> containersOf(JsonNode pod) {
    List<JsonNode> containers = new ArrayList<>();
    pod.path("initContainers").forEach(containers::add);
    pod.path("containers").forEach(containers::add);
    return containers;
  }

  static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** Those with the objects of others besides. */
  Manifests and(Manifests others) {
    return new Manifests(Stream.concat(all.stream(), others.all.stream()).toList());
  }
}
