package dev.slipstream.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/kubernetes}, with the secrets that {@code deploy/secrets.sh} makes. */
final class KubernetesTest {
  private static final Path FOLDER = Deploy.FOLDER.resolve("kubernetes");
  private static final Kustomization PLAIN = Kustomization.in(FOLDER);

  @TempDir private static Path secrets;

  private static Manifests manifests;

  @BeforeAll
  static void read() throws Exception {
    Secrets.makeIn(secrets);
    manifests = PLAIN.objects().and(Kustomization.in(secrets).objects());
  }

  @Test
  void everyFile_isNamedInTheKustomization() {
    assertThat(Deploy.list(FOLDER))
        .filteredOn(file -> !file.endsWith("kustomization.yaml"))
        .containsExactlyInAnyOrderElementsOf(PLAIN.resources());
  }

  @Test
  void images_areThoseOfTheVersionThatIsWorkedOn() {
    assertThat(PLAIN.tags())
        .containsOnlyKeys("slipstream-agent", "slipstream-console", "slipstream-sample-gateway")
        .allSatisfy((image, tag) -> assertThat(tag).isEqualTo(Deploy.version()));
  }

  @Test
  void objects_fitTheApi_andEachOther_andGiveUpWhatTheyDoNotNeed() {
    assertThat(ManifestRules.complaints(manifests)).isEmpty();
  }

  @Test
  void whatIsPromised_isThere() {
    JsonNode gateway = manifests.get("Deployment/slipstream-gateway");
    assertThat(gateway.at("/spec/replicas").asInt()).isEqualTo(3);
    JsonNode container = Manifests.podOf(gateway).at("/containers/0");
    assertThat(container.at("/resources").toString())
        .isEqualTo(
            "{\"requests\":{\"memory\":\"256Mi\",\"cpu\":\"200m\"},"
                + "\"limits\":{\"memory\":\"512Mi\",\"cpu\":\"500m\"}}");
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertThat(container.path(probe).at("/httpGet/path").asText()).isEqualTo("/api/v1/health");
    }
    assertThat(env(container)).containsEntry("SLIPSTREAM_HEALTH_PATHS", "/api/v1/health");
    assertThat(env(container).get("JAVA_TOOL_OPTIONS"))
        .startsWith("-javaagent:/agent/slipstream-agent.jar ");
    JsonNode console =
        Manifests.podOf(manifests.get("Deployment/slipstream-console")).at("/containers/0");
    assertThat(console.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/api/v1/health");
    assertThat(console.at("/readinessProbe/httpGet/path").asText())
        .isEqualTo("/api/v1/health/ready");
    assertThat(console.at("/ports/0/containerPort").asInt()).isEqualTo(8000);
    JsonNode headless = manifests.get("Service/slipstream-gateway-jmx");
    assertThat(headless.at("/spec/clusterIP").asText()).isEqualTo("None");
    assertThat(targets().at("/discover/0/dns").asText()).isEqualTo("slipstream-gateway-jmx");
    assertThat(targets().at("/discover/0/port")).isEqualTo(headless.at("/spec/ports/0/port"));
  }

  private static JsonNode targets() {
    return Yaml.all(manifests.get("ConfigMap/slipstream-targets").at("/data/targets.yaml").asText())
        .get(0);
  }

  static Map<String, String> env(JsonNode container) {
    Map<String, String> variables = new TreeMap<>();
    container
        .path("env")
        .forEach(
            variable ->
                variables.put(variable.path("name").asText(), variable.path("value").asText()));
    return variables;
  }

  @Test
  void redis_holdsHalfOfItsLimit_andDropsWhatWasUsedLeast() {
    JsonNode redis =
        Manifests.podOf(manifests.get("StatefulSet/slipstream-redis")).at("/containers/0");
    List<String> arguments = Manifests.items(redis.path("args")).map(JsonNode::asText).toList();
    assertThat(arguments)
        .containsSequence("--maxmemory", "512mb", "--maxmemory-policy", "allkeys-lru");
    assertThat(redis.at("/resources/limits/memory").asText()).isEqualTo("1Gi");
  }

  @Test
  void secrets_areNotInTheRepository_andNotTheSameTwice(@TempDir Path again) throws Exception {
    assertThat(PLAIN.objects().ofKind("Secret")).isEmpty();
    assertThat(Secrets.makeIn(secrets)).as("what is there is kept").isEmpty();
    Secrets.makeIn(again);
    Manifests first = Kustomization.in(secrets).objects();
    Manifests second = Kustomization.in(again).objects();
    assertThat(first.byName().keySet()).isEqualTo(second.byName().keySet()).hasSize(4);
    first
        .byName()
        .forEach(
            (name, secret) ->
                secret
                    .path("data")
                    .properties()
                    .forEach(
                        entry ->
                            assertThat(second.get(name).at("/data").path(entry.getKey()))
                                .as("%s of %s", entry.getKey(), name)
                                .isNotEqualTo(entry.getValue())));
  }

  /** Where there is a kubectl; the objects themselves are looked at in any case. */
  @Test
  void kubectl_makesTheSameOfTheFolders() throws Exception {
    assumeTrue(
        kubectl().isPresent(), "there is no kubectl: what it makes of the folders is NOT tested");
    for (Path folder : List.of(FOLDER, secrets)) {
      Process process =
          new ProcessBuilder(kubectl().orElseThrow().toString(), "kustomize", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      assertThat(withoutLineBreaks(new Manifests(Yaml.all(rendered))))
          .isEqualTo(withoutLineBreaks(Kustomization.in(folder).objects()));
    }
  }

  /** kubectl breaks the lines of what is in base64. */
  private static Map<String, JsonNode> withoutLineBreaks(Manifests manifests) {
    manifests
        .ofKind("Secret")
        .forEach(
            secret ->
                secret
                    .path("data")
                    .properties()
                    .forEach(
                        entry ->
                            ((ObjectNode) secret.path("data"))
                                .put(entry.getKey(), entry.getValue().asText().replace("\n", ""))));
    return manifests.byName();
  }

  private static java.util.Optional<Path> kubectl() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Each mistake is one that the check has to find: a check that finds nothing would be none. */
  @Test
  void mistakes_areFound() {
    finds(
        "is not defined in the",
        "Deployment/slipstream-gateway",
        "/spec",
        spec -> spec.put("replica", 3));
    finds("three", "Deployment/slipstream-gateway", "/spec", spec -> spec.put("replicas", "three"));
    finds(
        "required field",
        "Deployment/slipstream-gateway",
        "/spec",
        spec -> spec.remove("selector"));
    finds(
        "is not in apps/v1beta1",
        "Deployment/slipstream-gateway",
        "",
        object -> object.put("apiVersion", "apps/v1beta1"));
    finds(
        "may run as root",
        "Deployment/slipstream-console",
        "/spec/template/spec/securityContext",
        security -> security.remove("runAsNonRoot"));
    finds(
        "may write to its root",
        "StatefulSet/slipstream-redis",
        "/spec/template/spec/containers/0/securityContext",
        security -> security.remove("readOnlyRootFilesystem"));
    finds(
        "nobody knows CACHE_MAX_MEMORY",
        "Deployment/slipstream-gateway",
        "/spec/template/spec/containers/0/env/1",
        variable -> variable.put("name", "CACHE_MAX_MEMORY"));
    finds(
        "there is no /secrets/gateway/jmx-user ",
        "Deployment/slipstream-gateway",
        "/spec/template/spec/containers/0/env/7",
        variable -> variable.put("value", "/secrets/gateway/jmx-user"));
    finds(
        "there is no Secret/other",
        "Deployment/slipstream-gateway",
        "/spec/template/spec/volumes/3/secret",
        secret -> secret.put("secretName", "other"));
    finds(
        "has no port https",
        "Service/slipstream-gateway",
        "/spec/ports/0",
        port -> port.put("targetPort", "https"));
    finds(
        "no pods have the labels",
        "NetworkPolicy/slipstream-redis",
        "/spec/podSelector/matchLabels",
        labels -> labels.put("app.kubernetes.io/component", "rediss"));
    finds(
        "no pods have the labels",
        "PodDisruptionBudget/slipstream-gateway",
        "/spec/selector/matchLabels",
        labels -> labels.put("app.kubernetes.io/component", "gate"));
    finds(
        "asks",
        "Deployment/slipstream-console",
        "/spec/template/spec/containers/0/livenessProbe/httpGet",
        probe -> probe.put("port", "http"));
  }

  private static void finds(
      String complaint, String name, String path, Consumer<ObjectNode> mistake) {
    Manifests copy =
        new Manifests(manifests.all().stream().map(JsonNode::<JsonNode>deepCopy).toList());
    mistake.accept((ObjectNode) copy.get(name).at(path));
    assertThat(ManifestRules.complaints(copy))
        .as(complaint)
        .anyMatch(found -> found.contains(complaint));
  }
}
