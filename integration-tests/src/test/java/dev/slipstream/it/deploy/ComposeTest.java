package dev.slipstream.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/compose.yaml}. */
final class ComposeTest {
  private static final Path FILE = Deploy.FOLDER.resolve("compose.yaml");
  private static final JsonNode COMPOSE = Yaml.one(FILE);

  private static final Schema SCHEMA = schema();

  private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-(?<value>[^}]*)}");
  private static final Pattern FILE_OF_A_VOLUME =
      Pattern.compile("(?:/secrets|/etc/slipstream|/agent)/[\\w./-]+");

  /**
   * That of the Compose Specification; its own $schema names one by an address that nobody knows.
   */
  private static Schema schema() {
    ObjectNode schema = (ObjectNode) Yaml.one(Path.of("src/test/deploy/compose-spec.json"));
    schema.remove(List.of("$schema", "$id"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema);
  }

  private static JsonNode service(String name) {
    JsonNode service = COMPOSE.path("services").path(name);
    assertThat(service.isObject()).as(name).isTrue();
    return service;
  }

  private static Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    COMPOSE
        .path("services")
        .properties()
        .forEach(entry -> services.put(entry.getKey(), entry.getValue()));
    return services;
  }

  /** A text where nobody has set any variable. */
  private static String usual(String text) {
    return DEFAULT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
  }

  @Test
  void file_fitsTheSpecification() {
    assertThat(SCHEMA.validate(COMPOSE)).isEmpty();
  }

  @Test
  void mistakes_areFoundByTheSchema() {
    finds(gateway -> gateway.put("enviroment", "x"), "enviroment");
    finds(gateway -> gateway.putArray("mem_limit"), "mem_limit");
    finds(gateway -> gateway.putArray("depends_on").addObject(), "depends_on");
  }

  private static void finds(Consumer<ObjectNode> mistake, String named) {
    JsonNode copy = COMPOSE.deepCopy();
    mistake.accept((ObjectNode) copy.path("services").path("gateway"));
    assertThat(SCHEMA.validate(copy)).anyMatch(error -> error.toString().contains(named));
  }

  @Test
  void variables_areSettings() {
    Set<String> known = Deploy.knownVariables();
    services()
        .forEach(
            (name, service) ->
                service
                    .path("environment")
                    .properties()
                    .forEach(variable -> assertThat(known).as(name).contains(variable.getKey())));
  }

  @Test
  void everyService_isHardened_andPublishedOnThisMachineAlone() {
    services()
        .forEach(
            (name, service) -> {
              assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
              assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
              assertThat(service.at("/security_opt/0").asText())
                  .as(name)
                  .isEqualTo("no-new-privileges:true");
              assertThat(service.path("privileged").isMissingNode()).as(name).isTrue();
              assertThat(service.path("ports"))
                  .as(name)
                  .allMatch(port -> port.asText().startsWith("127.0.0.1:"));
            });
  }

  /** Named volumes are declared and used; files and folders are there. */
  @Test
  void volumes_areThere() {
    Set<String> used = new HashSet<>();
    services()
        .forEach(
            (name, service) ->
                service
                    .path("volumes")
                    .forEach(
                        volume -> {
                          String source =
                              volume.asText().substring(0, volume.asText().indexOf(':'));
                          if (source.startsWith("./")) {
                            assertThat(Deploy.FOLDER.resolve(source)).as(name).exists();
                          } else {
                            used.add(source);
                          }
                        }));
    Set<String> declared = new HashSet<>();
    COMPOSE.path("volumes").fieldNames().forEachRemaining(declared::add);
    assertThat(used).isEqualTo(declared);
  }

  /**
   * What a service is told to read is below one of its mounts, and secrets are among those made.
   */
  @Test
  void filesThatAreNamed_areMounted(@TempDir Path secrets) throws Exception {
    Secrets.makeIn(secrets);
    services()
        .forEach(
            (name, service) -> {
              if (name.equals("secrets") || name.equals("agent")) {
                return;
              }
              List<String> mounts = new ArrayList<>();
              service
                  .path("volumes")
                  .forEach(volume -> mounts.add(volume.asText().split(":", -1)[1]));
              String said = service.path("environment").toString() + service.path("command");
              if (name.equals("console")) {
                said += Deploy.read(Deploy.FOLDER.resolve("console-targets.yaml"));
              }
              Matcher file = FILE_OF_A_VOLUME.matcher(said);
              while (file.find()) {
                assertThat(mounts).as(name + " " + file.group()).anyMatch(file.group()::startsWith);
                if (file.group().startsWith("/secrets/")) {
                  assertThat(secrets.resolve(file.group().substring("/secrets/".length())))
                      .exists();
                }
              }
            });
  }

  @Test
  void images_areThoseOfTheDockerfile_orCanBeNamed() {
    Dockerfile dockerfile = Dockerfile.read();
    services()
        .forEach(
            (name, service) -> {
              JsonNode build = service.path("build");
              if (build.isMissingNode()) {
                assertThat(service.path("image").asText())
                    .as(name)
                    .matches("\\$\\{[A-Z]+_IMAGE:-[\\w./-]+:[\\w.-]+}");
                return;
              }
              assertThat(dockerfile.stages()).as(name).containsKey(build.path("target").asText());
              assertThat(
                      Deploy.FOLDER
                          .resolve(build.path("context").asText())
                          .resolve(build.path("dockerfile").asText()))
                  .exists();
              Map<String, String> arguments = new TreeMap<>();
              build
                  .path("args")
                  .properties()
                  .forEach(
                      entry -> arguments.put(entry.getKey(), usual(entry.getValue().asText())));
              assertThat(arguments).as(name).isEqualTo(dockerfile.arguments());
            });
  }

  @Test
  void whatIsPromised_isThere() {
    assertThat(service("redis").path("command").toString())
        .contains("\"--maxmemory\",\"512mb\",\"--maxmemory-policy\",\"allkeys-lru\"");
    assertThat(service("redis").at("/healthcheck/test").toString()).contains("redis-cli", "ping");
    assertThat(service("redis").at("/volumes/0").asText()).isEqualTo("redis:/data");
    assertThat(service("gateway").path("volumes").toString()).contains("./cache_rules.yaml:");
    assertThat(service("gateway").at("/depends_on/redis/condition").asText())
        .isEqualTo("service_healthy");
    for (String watching : List.of("prometheus", "grafana")) {
      assertThat(service(watching).path("profiles").toString()).isEqualTo("[\"monitoring\"]");
    }
    services()
        .forEach(
            (name, service) ->
                assertThat(service.has("profiles"))
                    .as(name)
                    .isEqualTo(Set.of("prometheus", "grafana").contains(name)));
  }

  @Test
  void gateway_isStartedAsInKubernetes() {
    JsonNode pod =
        Manifests.podOf(
            Kustomization.in(Deploy.FOLDER.resolve("kubernetes"))
                .objects()
                .get("Deployment/slipstream-gateway"));
    Map<String, String> expected = KubernetesTest.env(pod.at("/containers/0"));
    expected.remove("REDIS_PASSWORD");
    expected.put("REDIS_URL", "redis://redis:6379/0");
    Map<String, String> variables = new TreeMap<>();
    service("gateway")
        .path("environment")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
    assertThat(variables).isEqualTo(expected);
    assertThat(service("gateway").path("mem_limit").asText()).isEqualTo("512m");
  }
}
