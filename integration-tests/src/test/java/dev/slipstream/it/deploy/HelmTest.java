package dev.slipstream.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart in {@code deploy/helm}, rendered by Helm itself. */
final class HelmTest {
  private static final Path CHART = Deploy.FOLDER.resolve("helm/slipstream");

  @TempDir private static Path secrets;

  private static Manifests secretObjects;

  @BeforeAll
  static void makeSecrets() throws Exception {
    Secrets.makeIn(secrets);
    secretObjects = Kustomization.in(secrets).objects();
  }

  private static Manifests render(UnaryOperator<TemplateCommand> values) {
    TemplateCommand command =
        new Helm(CHART)
            .template()
            .withName("slipstream")
            .withNamespace("slipstream")
            .withKubeVersion("1.31.0");
    return new Manifests(Yaml.all(values.apply(command).call()));
  }

  @Test
  void chart_isWellFormed_andOfTheVersionThatIsWorkedOn() {
    LintResult result = new Helm(CHART).lint().strict().call();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    JsonNode chart = Yaml.one(CHART.resolve("Chart.yaml"));
    assertThat(chart.path("version").asText()).isEqualTo(Deploy.version());
    assertThat(chart.path("appVersion").asText()).isEqualTo(Deploy.version());
  }

  @Test
  void withoutValues_itMakesWhatThePlainManifestsHave() {
    Manifests plain = Kustomization.in(Deploy.FOLDER.resolve("kubernetes")).objects();
    plain.all().forEach(object -> ((ObjectNode) object.path("metadata")).remove("namespace"));
    Map<String, JsonNode> expected = plain.byName();
    assertThat(expected.remove("Namespace/slipstream"))
        .isNotNull(); // Helm makes it, or it is there
    Map<String, JsonNode> rendered = render(command -> command).byName();
    assertThat(rendered.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, object) -> assertThat(rendered.get(name)).as(name).isEqualTo(object));
  }

  @Test
  void underAnyValues_objectsFitTheApiAndEachOther() {
    List<UnaryOperator<TemplateCommand>> values =
        List.of(
            command -> command,
            command -> command.withName("edge").withNamespace("other"),
            command -> command.set("redis.enabled", "false"),
            command ->
                command
                    .set("networkPolicy.enabled", "false")
                    .set("console.storageClassName", "fast")
                    .set("redis.storageClassName", "fast"),
            command ->
                command.set("console.enabled", "false").set("networkPolicy.enabled", "false"),
            command ->
                command
                    .set("console.allowedHosts[0]", "console.example")
                    .set("gateway.env[0].name", "SLIPSTREAM_L2_BUDGET")
                    .set("gateway.env[0].value", "20ms"));
    for (UnaryOperator<TemplateCommand> each : values) {
      assertThat(ManifestRules.complaints(render(each).and(secretObjects))).isEmpty();
    }
  }

  @Test
  void gateway_thatIsDeployedOtherwise_isFoundByTheLabels() {
    Manifests rendered = render(command -> command.set("gateway.enabled", "false"));
    assertThat(rendered.byName())
        .containsKeys(
            "Deployment/slipstream-console",
            "StatefulSet/slipstream-redis",
            "Service/slipstream-gateway-jmx")
        .doesNotContainKeys(
            "Deployment/slipstream-gateway", "PodDisruptionBudget/slipstream-gateway");
    assertThat(rendered.all())
        .allSatisfy(object -> assertThat(KubernetesApi.complaint(object)).isEmpty());
  }

  @Test
  void values_areUsed() {
    Manifests rendered =
        render(
            command ->
                command
                    .set("agent.image.repository", "registry.example/agent")
                    .set("agent.image.tag", "1.2.3")
                    .set("gateway.replicas", "5")
                    .set("gateway.healthPath", "/ready")
                    .set("gateway.cacheMaxMemoryMb", "200")
                    .set("rules", "rules: []")
                    .set("redis.maxmemory", "256mb"));
    JsonNode gateway = rendered.get("Deployment/slipstream-gateway");
    JsonNode pod = Manifests.podOf(gateway);
    assertThat(gateway.at("/spec/replicas").asInt()).isEqualTo(5);
    assertThat(pod.at("/initContainers/0/image").asText())
        .isEqualTo("registry.example/agent:1.2.3");
    assertThat(KubernetesTest.env(pod.at("/containers/0")))
        .containsEntry("CACHE_MAX_MEMORY_MB", "200")
        .containsEntry("SLIPSTREAM_HEALTH_PATHS", "/ready");
    assertThat(pod.at("/containers/0/livenessProbe/httpGet/path").asText()).isEqualTo("/ready");
    assertThat(rendered.get("ConfigMap/slipstream-rules").at("/data/cache_rules.yaml").asText())
        .isEqualTo("rules: []\n");
    assertThat(
            Manifests.podOf(rendered.get("StatefulSet/slipstream-redis"))
                .at("/containers/0/args/3")
                .asText())
        .isEqualTo("256mb");
  }
}
