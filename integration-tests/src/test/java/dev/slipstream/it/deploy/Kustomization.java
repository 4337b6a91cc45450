package dev.slipstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a folder's {@code kustomization.yaml} comes to, as far as those of ours go: resources, their
 * namespace, tags of images, and Secrets made of files. Anything else in one is refused.
 */
final class Kustomization {
  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "images",
          "generatorOptions",
          "secretGenerator");

  private final Path folder;
  private final JsonNode file;

  private Kustomization(Path folder, JsonNode file) {
    this.folder = folder;
    this.file = file;
  }

  static Kustomization in(Path folder) {
    JsonNode file = Yaml.one(folder.resolve("kustomization.yaml"));
    file.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw new AssertionError(folder + ": kustomization.yaml has " + name);
              }
            });
    return new Kustomization(folder, file);
  }

  /** The files it names, each beside it. */
  List<Path> resources() {
    List<Path> files = new ArrayList<>();
    file.path("resources").forEach(name -> files.add(folder.resolve(name.textValue())));
    return files;
  }

  /** The tag that it gives an image, by the image's name. */
  Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    file.path("images")
        .forEach(
            image -> tags.put(image.path("name").textValue(), image.path("newTag").textValue()));
    return tags;
  }

  /** The objects, resources first. */
  Manifests objects() {
    List<JsonNode> objects = new ArrayList<>();
    for (Path resource : resources()) {
      objects.addAll(Yaml.all(resource));
    }
    for (JsonNode object : objects) {
      boolean namespaced = !object.path("kind").textValue().equals("Namespace");
      if (namespaced && file.has("namespace")) {
        ((ObjectNode) object.path("metadata")).set("namespace", file.path("namespace"));
      }
      object.findParents("image").forEach(this::tag);
    }
    file.path("secretGenerator").forEach(secret -> objects.add(secret(secret)));
    return new Manifests(objects);
  }

  private void tag(JsonNode container) {
    String image = container.path("image").textValue();
    String tag = tags().get(image);
    if (tag != null) {
      ((ObjectNode) container).put("image", image + ":" + tag);
    }
  }

  private JsonNode secret(JsonNode generator) {
    ObjectNode secret = JsonNodeFactory.instance.objectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
    secret.putObject("metadata").set("name", generator.path("name"));
    ObjectNode data = secret.putObject("data");
    for (JsonNode name : generator.path("files")) {
      Path source = folder.resolve(name.textValue());
      try {
        String content = Base64.getEncoder().encodeToString(Files.readAllBytes(source));
        data.put(source.getFileName().toString(), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return secret;
  }
}
