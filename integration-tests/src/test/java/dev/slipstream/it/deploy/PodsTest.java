package dev.slipstream.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.page.JarProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the manifests start, without a cluster: the methods are one story, each begins where the
 * last ended.
 */
@EnabledOnOs(OS.LINUX) // 127.0.0.2 is an address without being told, and memory is read from /proc
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PodsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String FIRST = "127.0.0.1";
  private static final String SECOND = "127.0.0.2";
  private static final String STATS = "/api/v1/cache/details?target=gateway-" + FIRST;

  /** Each answer of the sample gateway that is asked for here has about 60 kB. */
  private static final int MOST_REQUESTS = 8_000;

  private static final int TOGETHER = 64;

  @TempDir private static Path folder;

  private static Pods pods;
  private static ConsoleClient console;
  private static JarProcess gateway;

  @BeforeAll
  static void start() throws Exception {
    pods = Pods.in(folder);
    console =
        ConsoleClient.of(
            pods.console().url(),
            pods.secretFile("console/key.p12"),
            pods.secret("console/key-password"));
  }

  @AfterAll
  static void stop() {
    if (pods != null) {
      pods.close();
    }
  }

  private static String operator() {
    return pods.secret("clients/operator-token");
  }

  @Test
  @Order(1)
  void console_isAliveWithoutGateways_andReadyWithOne() throws IOException {
    assertThat(console.get("/api/v1/health").status()).isEqualTo(200);
    assertThat(console.get("/api/v1/health/ready").status()).isEqualTo(503);
    // Without the optimizer's relief: the cache alone is to keep within its budget.
    gateway = pods.gateway(FIRST, Map.of("PERFORMANCE_MODE", "observe"));
    pods.resolveTo(FIRST);
    await().atMost(PATIENCE).until(() -> console.get("/api/v1/health/ready").status() == 200);
    assertThat(console.get("/api/v1/health").json().path("status").asText()).isEqualTo("up");
    assertThat(console.get("/api/v1/health").targets()).as("a probe hears no names").isEmpty();
  }

  @Test
  @Order(2)
  void tokens_areWhatTheirRolesSay() {
    String prometheus = pods.secret("clients/prometheus-token");
    assertThat(console.get("/metrics").status()).isEqualTo(401);
    assertThat(console.get("/metrics", prometheus).body()).contains("slipstream_target_up{");
    assertThat(console.delete("/api/v1/cache/flush?reason=test", prometheus).status())
        .isEqualTo(403);
    assertThat(console.delete("/api/v1/cache/flush?reason=test", operator()).status())
        .isEqualTo(200);
    assertThat(Deploy.read(folder.resolve("audit.jsonl"))).contains("\"who\":\"operator\"");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                console
                    .get(STATS, operator())
                    .json()
                    .at("/cache_details/l2/connected")
                    .asBoolean());
  }

  @Test
  @Order(3)
  void console_findsGatewaysByDns_asTheyScale() throws IOException {
    try (JarProcess second = pods.gateway(SECOND, Map.of())) {
      assertThat(second.isAlive()).isTrue();
      pods.resolveTo(FIRST, SECOND);
      Map<String, String> both = Map.of("gateway-" + FIRST, "up", "gateway-" + SECOND, "up");
      await()
          .atMost(PATIENCE)
          .until(() -> console.get("/api/v1/health", operator()).targets().equals(both));
      pods.resolveTo(FIRST);
      Map<String, String> one = Map.of("gateway-" + FIRST, "up", "gateway-" + SECOND, "gone");
      await()
          .atMost(PATIENCE)
          .until(() -> console.get("/api/v1/health", operator()).targets().equals(one));
    }
    assertThat(console.get("/api/v1/health", operator()).json().path("status").asText())
        .isEqualTo("up");
  }

  /** The limits are those of the manifest; a container that is above its own is killed. */
  @Test
  @Order(4)
  void gateway_staysWithinItsContainer_withAFullCache_underLoad(TestReporter report)
      throws Exception {
    HttpClient clients = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    long budget = l1("max_memory_bytes");
    assertThat(budget).isEqualTo(150L << 20);
    long most = 0;
    int requests = 0;
    while (l1("evictions") == 0) {
      assertThat(requests)
          .as("requests without an eviction, %d of %d bytes", most, budget)
          .isLessThan(MOST_REQUESTS);
      ask(clients, requests, requests + 4 * TOGETHER);
      requests += 4 * TOGETHER;
      most = Math.max(most, l1("memory_usage_bytes"));
      assertThat(most).isLessThanOrEqualTo(budget);
    }
    // Full, and so it stays while others ask for what is there, what was dropped and what is new.
    ask(clients, requests - 4 * TOGETHER, requests + 4 * TOGETHER);
    assertThat(most).isGreaterThan(budget * 9 / 10);
    assertThat(l1("memory_usage_bytes")).isLessThanOrEqualTo(budget);
    long peak = peakResidentBytes();
    assertThat(peak)
        .as("peak of resident memory, in bytes")
        .isLessThan(pods.memoryLimit() * 95 / 100);
    assertThat(gateway.isAlive()).isTrue();
    assertThat(gateway.standardError()).doesNotContain("java.lang.OutOfMemoryError");
  }

  private static long l1(String figure) {
    return console.get(STATS, operator()).json().at("/cache_details/l1/" + figure).asLong(-1);
  }

  /** Asks for each of a row of answers, some of them at a time. */
  private static void ask(HttpClient clients, int from, int to) throws InterruptedException {
    List<CompletableFuture<Integer>> under = new ArrayList<>();
    for (int i = from; i < to; i += TOGETHER) {
      for (int j = i; j < Math.min(i + TOGETHER, to); j++) {
        URI uri = URI.create(gateway.url() + "/api/v1/generate/image?seed=" + j);
        under.add(
            clients
                .sendAsync(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode));
      }
      under.forEach(answer -> assertThat(answer.join()).isEqualTo(200));
      under.clear();
    }
  }

  private static long peakResidentBytes() throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc", Long.toString(gateway.pid()), "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new AssertionError("no VmHWM");
  }
}
