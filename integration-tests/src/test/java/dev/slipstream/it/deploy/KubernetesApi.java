package dev.slipstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of Kubernetes as its API describes them: classes that were made from that
 * description, which refuse unknown fields, missing ones, and values of another type.
 */
final class KubernetesApi {
  private static final String CLASSES = "io.kubernetes.client.openapi.models.V1";

  private static final Map<String, String> GROUPS =
      Map.of(
          "Namespace", "v1",
          "ConfigMap", "v1",
          "Secret", "v1",
          "Service", "v1",
          "PersistentVolumeClaim", "v1",
          "Deployment", "apps/v1",
          "StatefulSet", "apps/v1",
          "PodDisruptionBudget", "policy/v1",
          "NetworkPolicy", "networking.k8s.io/v1");

  private KubernetesApi() {}

  /** What it has against an object; empty where that is right. */
  static Optional<String> complaint(JsonNode object) {
    String kind = object.path("kind").asText();
    String group = object.path("apiVersion").asText();
    if (!group.equals(GROUPS.get(kind))) {
      return Optional.of(kind + " is not in " + group);
    }
    JsonElement json = JsonParser.parseString(object.toString());
    try {
      Class<?> type = Class.forName(CLASSES + kind);
      type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
      var unused = JSON.getGson().fromJson(json, type);
      return Optional.empty();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException || e.getCause() instanceof IllegalArgumentException) {
        return Optional.of(Manifests.name(object) + ": " + e.getCause().getMessage());
      }
      throw new AssertionError(e);
    } catch (JsonParseException | IllegalArgumentException e) {
      return Optional.of(Manifests.name(object) + ": " + e.getMessage());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
