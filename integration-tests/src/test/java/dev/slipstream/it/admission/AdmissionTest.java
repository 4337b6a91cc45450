package dev.slipstream.it.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Tomcat of 24 threads, whose backend gets slow, fails and recovers, under load. */
final class AdmissionTest {
  private static final int THREADS = 24;
  private static final int CLIENTS = 40;
  private static final String BEAN = "type=Admission";
  private static final String SLOW = "/slow";

  @TempDir private Path folder;
  private GatewayProcess gateway;
  private ManagementClient management;
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger paths = new AtomicInteger();
  private volatile boolean loading;

  private void start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("coalescing_wait=0"));
    all.addAll(List.of(options));
    if (all.stream().noneMatch(option -> option.startsWith("throttle_floor"))) {
      all.add("throttle_floor=6");
    }
    gateway =
        new GatewayProcess.Builder("admission", "com.example.admission.TomcatMain")
            .classPath(Applications.admissionClassPath())
            .arguments(List.of(Integer.toString(THREADS)))
            .agent(all.toArray(String[]::new))
            .start();
    gateway.port();
    management = ManagementClient.of(gateway);
    try (HttpConnection connection = connection()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !connection.get("/fast").values("Cache-Status").isEmpty());
    }
  }

  @AfterEach
  void stop() throws IOException {
    loading = false;
    clients.shutdownNow();
    management.close();
    gateway.close();
  }

  private HttpConnection connection() {
    return new HttpConnection(gateway.port());
  }

  private void become(String mood) throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port("MOODS"))) {
      assertThat(connection.get(mood).status()).isEqualTo(200);
    }
  }

  /** Has clients ask for a path, each again as soon as it is answered. */
  private void load(int count, String path) {
    loading = true;
    for (int i = 0; i < count; i++) {
      clients.execute(
          () -> {
            while (loading) {
              try (HttpConnection connection = connection()) {
                while (loading) {
                  answers.add(connection.get(path));
                }
              } catch (IOException e) {
                // Tomcat closes connections after errors: the next one.
              }
            }
          });
    }
  }

  /** Asks for one after another until it is known what is usual. */
  private void learn(String path) throws Exception {
    try (HttpConnection connection = connection()) {
      for (int i = 0; i < 60; i++) {
        assertThat(connection.get(path + paths.incrementAndGet()).status()).isEqualTo(200);
      }
    }
  }

  private void awaitNoneUnderWay() {
    await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(underWay()).isEmpty());
  }

  /** As throttles count it, and as endpoints do. */
  private List<String> underWay() throws Exception {
    Stream<CompositeData> guards = Stream.of((CompositeData[]) management.get(BEAN, "Endpoints"));
    Stream<CompositeData> endpoints =
        Stream.of((CompositeData[]) management.get("type=Endpoints", "Endpoints"));
    return Stream.concat(guards, endpoints)
        .filter(endpoint -> (Integer) endpoint.get("inFlight") != 0)
        .map(endpoint -> endpoint.get("endpoint") + " " + endpoint.get("inFlight"))
        .toList();
  }

  @Test
  void slowEndpoint_takesNoThreadsOfOthers_andIsLetGoOnceItHasRecovered() throws Exception {
    start();
    learn(SLOW + "?");
    become("/4000");
    load(CLIENTS, SLOW);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> answers.stream().anyMatch(answer -> answer.status() == 503));

    Answer refused = answers.stream().filter(answer -> answer.status() == 503).findAny().get();
    assertThat(refused.values("Retry-After")).hasSize(1);
    assertThat(refused.cacheStatus()).startsWith("Slipstream; detail=");
    assertThat(refused.values("Content-Type")).containsExactly("application/problem+json");
    assertThat(refused.body()).contains("\"status\":503");
    try (HttpConnection connection = connection()) {
      for (int i = 0; i < 20; i++) {
        long start = System.nanoTime();
        assertThat(connection.get("/fast").status()).isEqualTo(200);
        assertThat(connection.get("/health").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      }
    }

    become("/20");
    await()
        .atMost(Duration.ofSeconds(10)) // 2 s where nobody else wants the processor
        .until(
            () -> {
              answers.clear();
              await().until(() -> answers.size() >= 2 * CLIENTS);
              return answers.stream().allMatch(answer -> answer.status() == 200);
            });
    loading = false;
    awaitNoneUnderWay();
  }

  @Test
  void failingEndpoint_answersStale_andIsAskedAgainOnceItHasRecovered() throws Exception {
    start();
    try (HttpConnection connection = connection()) {
      assertThat(connection.get("/stored/1").status()).isEqualTo(200);
      learn("/stored/");
      become("/20/fails");
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> asked("/stored/" + (1_000 + paths.incrementAndGet())).status() == 503);

      Answer stale = connection.get("/stored/1");
      assertThat(stale.status()).isEqualTo(200);
      assertThat(stale.body()).isEqualTo("stored");
      assertThat(stale.cacheStatus()).startsWith("Slipstream; hit; ttl=-");
      assertThat(stale.cacheStatus()).endsWith("; detail=breaker-open");
      assertThat(connection.get("/health").status()).isEqualTo(200);
      assertThat(connection.get("/fast").status()).isEqualTo(200);
      assertThat(management.number(BEAN, "RefusedBreakerOpen")).isPositive();
      assertThat(management.number(BEAN, "RefusedAnsweredStale")).isPositive();

      become("/20");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                Answer answer = connection.get("/stored/1");
                return answer.status() == 200 && !answer.cacheStatus().contains("detail");
              });
      awaitNoneUnderWay();
    }
  }

  private Answer asked(String path) throws IOException {
    try (HttpConnection connection = connection()) {
      return connection.get(path);
    }
  }

  @Test
  void permits_whateverBecomesOfRequests_areAllGivenBack() throws Exception {
    start();
    learn(SLOW + "?");
    load(4, SLOW);
    load(4, "/async");
    load(2, "/stored/7");
    load(1, "/sometimes");
    for (String mood : List.of("/100", "/20/fails", "/1000", "/5", "/300/fails", "/20")) {
      become(mood);
      int before = answers.size();
      await().until(() -> answers.size() > before + 20);
      for (int i = 0; i < 5; i++) {
        abort("/large");
        abort(SLOW);
        abort("/async");
      }
    }
    loading = false;

    assertThat(answers).anyMatch(answer -> answer.status() == 200);
    assertThat(answers).anyMatch(answer -> answer.status() == 500);
    assertThat(answers).anyMatch(answer -> answer.body().equals("filter"));
    assertThat(answers).anyMatch(answer -> answer.body().equals("sometimes"));
    awaitNoneUnderWay();
  }

  @Test
  void emergency_refusesWhatCanWait_andEndsByItself() throws Exception {
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        rules:
          - {name: can-wait, pattern: /can-wait, ttl: 1s, priority: sheddable}
          - {name: cannot, pattern: /cannot, ttl: 1s, priority: critical}
        """);
    start(
        "cache_rules_config_file=" + rules,
        "performance_optimization_level=aggressive",
        "performance_monitoring_interval=1s");
    try (HttpConnection connection = connection()) {
      assertThat(connection.get("/stored/hit").status()).isEqualTo(200);
      management.invoke("type=Optimizer", "injectMetric", "cpu", 99.0, 60);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> connection.get("/can-wait").status() == 503);

      Answer refused = connection.get("/can-wait");
      assertThat(refused.cacheStatus()).isEqualTo("Slipstream; detail=emergency");
      assertThat(refused.values("Retry-After")).hasSize(1);
      assertThat(connection.get("/cannot").status()).isEqualTo(200);
      assertThat(connection.get("/other").status()).isEqualTo(200);
      assertThat(connection.get("/health").status()).isEqualTo(200);
      Answer stale = connection.get("/stored/hit");
      assertThat(stale.cacheStatus()).startsWith("Slipstream; hit").endsWith("detail=emergency");

      // What the machine has to do besides must not keep it up.
      management.invoke("type=Optimizer", "injectMetric", "cpu", 10.0, 60);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> connection.get("/can-wait").status() == 200);
      assertThat(management.get(BEAN, "Emergency")).isEqualTo(false);
      assertThat(management.number(BEAN, "EmergencyMillis")).isPositive();
    }
  }

  @Test
  void eventStreams_holdNoPermits_andTheKillSwitchKeepsNone() throws Exception {
    start();
    become("/5");
    assertThat(asked("/events").body()).isEqualTo("data: first\n\ndata: last\n\n");
    become("/4000");
    long start = System.nanoTime();
    load(10, "/events"); // more than the throttle's floor
    load(2, SLOW);
    await().until(() -> inFlight("type=Endpoints", "GET /events") == 10);
    await().until(() -> inFlight(BEAN, "GET /slow") == 2);
    await().until(() -> inFlight(BEAN, "GET /events") == 0);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));

    management.set("type=Agent", "Enabled", false);
    loading = false;

    awaitNoneUnderWay();
    management.set("type=Agent", "Enabled", true);
    assertThat(answers).allMatch(answer -> answer.status() == 200);
  }

  /** Clients that wait for something to happen: no endpoint fails by that. */
  @Test
  void longPolling_thatTakesLong_opensNoBreaker() throws Exception {
    start("throttle_floor=1000"); // none of them is to be refused by a throttle either
    learn("/async?");
    become("/1500"); // in place of 20 ms
    load(CLIENTS, "/async");
    await().until(() -> inFlight(BEAN, "GET /async") == CLIENTS);
    await().until(() -> answers.size() >= CLIENTS); // more than a breaker counts
    await().until(() -> inFlight(BEAN, "GET /async") == CLIENTS);
    become("/20");
    loading = false;

    awaitNoneUnderWay();
    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(management.number(BEAN, "RefusedBreakerOpen")).isZero();
  }

  private int inFlight(String bean, String name) throws Exception {
    return Stream.of((CompositeData[]) management.get(bean, "Endpoints"))
        .filter(endpoint -> endpoint.get("endpoint").equals(name))
        .mapToInt(endpoint -> (Integer) endpoint.get("inFlight"))
        .sum();
  }

  /** Asks, and is gone before the answer is. */
  private void abort(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setReceiveBufferSize(1_024);
      socket.setSoLinger(true, 0);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
