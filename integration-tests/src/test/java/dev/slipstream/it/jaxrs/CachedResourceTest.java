package dev.slipstream.it.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code @Cached} on resource methods of JAX-RS: without a servlet, and in one. */
@ParameterizedClass
@CsvSource({"jersey, jersey-3", "undertow, resteasy-6"})
final class CachedResourceTest {
  private static GatewayProcess gateway;

  private HttpConnection connection;

  CachedResourceTest(String server, String libraries) {}

  @BeforeParameterizedClassInvocation
  static void start(String server, String libraries) throws Exception {
    Path rules = Files.createTempFile("rules", ".yaml");
    Files.writeString(
        rules,
        """
        rules:
          - {name: can-wait, pattern: /results/annotated/99, mode: pass, priority: sheddable}
        """);
    List<Path> classPath =
        Applications.cachedRestClassPath(Path.of("jax-rs", libraries, "target", "libraries"));
    gateway =
        new GatewayProcess.Builder("cached-rest-" + server, "com.example.cached.CachedRestMain")
            .classPath(classPath)
            .arguments(List.of(server))
            .agent(
                "cache_rules_config_file=" + rules,
                "performance_optimization_level=aggressive",
                "performance_monitoring_interval=1s")
            .start();
    try (HttpConnection waiting = new HttpConnection(gateway.port())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !waiting.get("/results/plain").values("Cache-Status").isEmpty());
    }
    processor(10); // whatever the machine has to do besides
  }

  private static void processor(double percent) throws Exception {
    try (ManagementClient management = ManagementClient.of(gateway)) {
      management.invoke("type=Optimizer", "injectMetric", "cpu", percent, 3_600);
    }
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void connect() {
    connection = new HttpConnection(gateway.port());
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  private Answer get(String path) throws IOException {
    return connection.get("/results/" + path);
  }

  @Test
  void annotatedResource_isCachedAsByARule() throws IOException {
    Answer first = get("annotated/1");
    Answer second = get("annotated/1");
    assertThat(first.isHit()).isFalse();
    assertThat(second.isHit()).isTrue();
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.values("Cache-Status").get(0)).containsPattern("ttl=(600|59\\d)");
    assertThat(get("annotated/2").text()).isNotEqualTo(first.text());
  }

  @Test
  void annotatedResource_isInvalidatedByItsTag() throws Exception {
    get("annotated/3");
    assertThat(get("annotated/3").isHit()).isTrue();
    try (ManagementClient management = ManagementClient.of(gateway)) {
      management.invoke(
          "type=Cache", "invalidate", new String[] {"results"}, new String[0], "a test");
    }
    assertThat(get("annotated/3").isHit()).isFalse();
  }

  @Test
  void resourceWithoutIt_isNotCached() throws IOException {
    get("plain");
    assertThat(get("plain").isHit()).isFalse();
  }

  /** There may be no servlet that could refuse it. */
  @Test
  void inAnEmergency_whatCanWaitIsRefused() throws Exception {
    processor(99);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get("annotated/99").status() == 503);
    Answer refused = get("annotated/99");
    assertThat(refused.cacheStatus()).isEqualTo("Slipstream; detail=emergency");
    assertThat(refused.values("Retry-After")).containsExactly("10");
    assertThat(refused.values("Cache-Control")).containsExactly("no-store");
    assertThat(refused.values("Content-Type").get(0)).startsWith("application/problem+json");
    assertThat(refused.text()).contains("\"status\":503");
    assertThat(get("plain").status()).isEqualTo(200);

    processor(10);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get("annotated/99").status() == 200);
  }

  @Test
  void whatTheResponseSays_comesFirst() throws IOException {
    get("private");
    assertThat(get("private").isHit()).isFalse();
    get("missing");
    assertThat(get("missing").isHit()).as("another status").isFalse();
    get("short");
    assertThat(get("short").values("Cache-Status").get(0)).containsPattern("ttl=(30|2\\d)");
  }

  @Test
  void answerForOnesCredentials_isNobodyElses() throws IOException {
    for (int i = 0; i < 2; i++) {
      Answer answer = connection.get("/results/who", "Authorization: Bearer one");
      assertThat(answer.isHit()).isFalse();
      assertThat(answer.text()).endsWith("for Bearer one");
    }
    assertThat(get("who").text()).endsWith("for null");
  }
}
