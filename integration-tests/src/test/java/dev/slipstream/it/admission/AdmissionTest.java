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
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Tomcat of 24 threads, whose backend gets slow, fails and recovers, under load. */
final class AdmissionTest {
  private static final int THREADS = 24;
  private static final int CLIENTS = 40;
  private static final String BEAN = "type=Admission";
  private static final String SLOW = "/slow";

  private GatewayProcess gateway;
  private ManagementClient management;
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger paths = new AtomicInteger();
  private volatile boolean loading;

  @BeforeEach
  void start() throws Exception {
    gateway =
        new GatewayProcess.Builder("admission", "com.example.admission.TomcatMain")
            .classPath(Applications.admissionClassPath())
            .arguments(List.of(Integer.toString(THREADS)))
            .agent("throttle_floor=6", "coalescing_wait=0")
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

  private List<String> underWay() throws Exception {
    return Stream.of((CompositeData[]) management.get(BEAN, "Endpoints"))
        .filter(endpoint -> (Integer) endpoint.get("inFlight") != 0)
        .map(endpoint -> endpoint.get("endpoint") + " " + endpoint.get("inFlight"))
        .toList();
  }

  @Test
  void slowEndpoint_takesNoThreadsOfOthers_andIsLetGoOnceItHasRecovered() throws Exception {
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
        .atMost(Duration.ofSeconds(20)) // of clients that never pause; the simulation has the times
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
          .atMost(Duration.ofSeconds(15))
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
    learn(SLOW + "?");
    load(4, SLOW);
    load(4, "/async");
    load(2, "/stored/7");
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
    awaitNoneUnderWay();
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
