package dev.slipstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the API of Kubernetes does not look at: whether objects name what there is, and whether pods
 * give up what they do not need.
 */
final class ManifestRules {
  private static final Pattern SECRET_FILE = Pattern.compile("/(?:secrets|etc)/[\\w./-]+");

  private final Manifests manifests;
  private final Set<String> variables = Deploy.knownVariables();
  private final List<String> complaints = new ArrayList<>();

  private ManifestRules(Manifests manifests) {
    this.manifests = manifests;
  }

  /** What is wrong with objects, those of the API's own rules first; none where all is right. */
  static List<String> complaints(Manifests manifests) {
    ManifestRules rules = new ManifestRules(manifests);
    manifests
        .all()
        .forEach(object -> KubernetesApi.complaint(object).ifPresent(rules.complaints::add));
    manifests.workloads().forEach(rules::workload);
    manifests.ofKind("Service").forEach(rules::service);
    manifests.ofKind("NetworkPolicy").forEach(rules::policy);
    manifests
        .ofKind("PodDisruptionBudget")
        .forEach(
            budget ->
                rules.selected(Manifests.name(budget), budget.at("/spec/selector/matchLabels")));
    return List.copyOf(rules.complaints);
  }

  private void check(boolean right, String format, Object... arguments) {
    if (!right) {
      complaints.add(String.format(Locale.ROOT, format, arguments));
    }
  }

  private void workload(JsonNode workload) {
    String name = Manifests.name(workload);
    JsonNode pod = Manifests.podOf(workload);
    check(
        carries(
            workload.at("/spec/template/metadata/labels"),
            workload.at("/spec/selector/matchLabels")),
        "%s does not select its own pods",
        name);
    JsonNode security = pod.path("securityContext");
    check(security.path("runAsNonRoot").asBoolean(), "%s may run as root", name);
    check(security.path("runAsUser").asInt() > 0, "%s has no user", name);
    check(
        security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
        "%s has no seccomp",
        name);
    check(
        !pod.path("automountServiceAccountToken").asBoolean(true),
        "%s has a token of the cluster",
        name);
    check(!pod.path("enableServiceLinks").asBoolean(true), "%s has variables of services", name);
    JsonNode governing = workload.at("/spec/serviceName");
    check(
        governing.isMissingNode()
            || manifests.byName().containsKey("Service/" + governing.asText()),
        "%s: there is no Service/%s",
        name,
        governing.asText());
    Map<String, JsonNode> volumes = volumes(name, workload);
    Set<String> mounted = new HashSet<>();
    for (JsonNode container : Manifests.containersOf(pod)) {
      container(name + " " + container.path("name").asText(), container, volumes, mounted);
    }
    check(
        mounted.containsAll(volumes.keySet()),
        "%s: of the volumes %s only %s are mounted",
        name,
        volumes.keySet(),
        mounted);
  }

  /** By name. Each names something that is there. */
  private Map<String, JsonNode> volumes(String name, JsonNode workload) {
    Map<String, JsonNode> volumes = new TreeMap<>();
    for (JsonNode volume : Manifests.podOf(workload).path("volumes")) {
      volumes.put(volume.path("name").asText(), volume);
      Map<String, String> references =
          Map.of(
              "/configMap/name", "ConfigMap",
              "/secret/secretName", "Secret",
              "/persistentVolumeClaim/claimName", "PersistentVolumeClaim");
      references.forEach(
          (path, kind) -> {
            JsonNode named = volume.at(path);
            String object = kind + "/" + named.asText();
            check(
                named.isMissingNode() || manifests.byName().containsKey(object),
                "%s: there is no %s",
                name,
                object);
          });
      JsonNode mode = volume.at("/secret/defaultMode");
      check(
          mode.isMissingNode() || mode.asInt() == 0440,
          "%s: secrets are of mode %o",
          name,
          mode.asInt());
    }
    workload
        .at("/spec/volumeClaimTemplates")
        .forEach(claim -> volumes.put(claim.at("/metadata/name").asText(), claim));
    return volumes;
  }

  private void container(
      String name, JsonNode container, Map<String, JsonNode> volumes, Set<String> mounted) {
    JsonNode security = container.path("securityContext");
    check(security.path("readOnlyRootFilesystem").asBoolean(), "%s may write to its root", name);
    check(
        !security.path("allowPrivilegeEscalation").asBoolean(true), "%s may gain privileges", name);
    check(
        security.at("/capabilities/drop/0").asText().equals("ALL"), "%s keeps capabilities", name);
    for (String of : List.of("/resources/requests", "/resources/limits")) {
      check(
          container.at(of).has("memory") && container.at(of).has("cpu"), "%s has no %s", name, of);
    }
    check(
        container.path("image").asText().matches("[\\w./-]+:[\\w.-]+"),
        "%s: its image has no tag",
        name);
    Set<String> files = new HashSet<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      JsonNode volume = volumes.get(mount.path("name").asText());
      check(volume != null, "%s: there is no volume %s", name, mount.path("name").asText());
      if (volume != null) {
        mounted.add(volume.path("name").asText(volume.at("/metadata/name").asText()));
        keys(volume).forEach(key -> files.add(mount.path("mountPath").asText() + "/" + key));
      }
    }
    for (String text : texts(container)) {
      Matcher file = SECRET_FILE.matcher(text);
      while (file.find()) {
        check(files.contains(file.group()), "%s: there is no %s in %s", name, file.group(), files);
      }
    }
    for (JsonNode variable : container.path("env")) {
      check(
          variables.contains(variable.path("name").asText()),
          "%s: nobody knows %s",
          name,
          variable.path("name").asText());
      JsonNode key = variable.at("/valueFrom/secretKeyRef");
      check(key.isMissingNode() || hasKey(key), "%s: there is no secret %s", name, key);
    }
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      JsonNode port = container.path(probe).findPath("port");
      check(
          port.isMissingNode() || portsOf(container).contains(port.asText()),
          "%s: %s asks %s",
          name,
          probe,
          port);
    }
  }

  /** Names of the files that a volume has. */
  private Stream<String> keys(JsonNode volume) {
    if (volume.at("/secret/items").isArray()) {
      return Manifests.items(volume.at("/secret/items")).map(item -> item.path("path").asText());
    }
    JsonNode object =
        volume.has("secret")
            ? manifests.byName().get("Secret/" + volume.at("/secret/secretName").asText())
            : manifests.byName().get("ConfigMap/" + volume.at("/configMap/name").asText());
    return object == null
        ? Stream.of()
        : object.path("data").properties().stream().map(Map.Entry::getKey);
  }

  private boolean hasKey(JsonNode reference) {
    JsonNode secret = manifests.byName().get("Secret/" + reference.path("name").asText());
    return secret != null && secret.path("data").has(reference.path("key").asText());
  }

  /** What a container is started with, and what of configuration it is given. */
  private List<String> texts(JsonNode container) {
    List<String> texts = new ArrayList<>();
    container.path("env").forEach(variable -> texts.add(variable.path("value").asText()));
    container.path("args").forEach(argument -> texts.add(argument.asText()));
    if (container.path("name").asText().equals("console")) {
      manifests
          .ofKind("ConfigMap")
          .forEach(map -> texts.add(map.path("data").path("targets.yaml").asText()));
    }
    return texts;
  }

  private static Set<String> portsOf(JsonNode container) {
    return Manifests.items(container.path("ports"))
        .map(port -> port.path("name").asText())
        .collect(Collectors.toSet());
  }

  private void service(JsonNode service) {
    String name = Manifests.name(service);
    for (JsonNode workload : selected(name, service.at("/spec/selector"))) {
      for (JsonNode port : service.at("/spec/ports")) {
        reaches(name, workload, port.path("targetPort").asText());
      }
    }
  }

  private void policy(JsonNode policy) {
    String name = Manifests.name(policy);
    for (JsonNode workload : selected(name, policy.at("/spec/podSelector/matchLabels"))) {
      for (JsonNode rule : policy.at("/spec/ingress")) {
        rule.path("ports").forEach(port -> reaches(name, workload, port.path("port").asText()));
      }
    }
    Stream.of("ingress", "egress")
        .flatMap(way -> Manifests.items(policy.at("/spec/" + way)))
        .flatMap(
            rule ->
                Stream.concat(Manifests.items(rule.path("from")), Manifests.items(rule.path("to"))))
        .filter(peer -> !peer.has("namespaceSelector"))
        .forEach(peer -> selected(name, peer.at("/podSelector/matchLabels")));
  }

  private void reaches(String name, JsonNode workload, String port) {
    boolean there =
        Manifests.containersOf(Manifests.podOf(workload)).stream()
            .anyMatch(container -> portsOf(container).contains(port));
    check(there, "%s: %s has no port %s", name, Manifests.name(workload), port);
  }

  /** The workloads whose pods have labels; one at least. */
  private List<JsonNode> selected(String name, JsonNode labels) {
    List<JsonNode> selected =
        manifests.workloads().stream()
            .filter(workload -> carries(workload.at("/spec/template/metadata/labels"), labels))
            .toList();
    check(!selected.isEmpty(), "%s: no pods have the labels %s", name, labels);
    return selected;
  }

  private static boolean carries(JsonNode labels, JsonNode wanted) {
    return !wanted.isEmpty()
        && wanted.properties().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
  }
}
