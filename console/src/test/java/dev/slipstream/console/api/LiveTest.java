package dev.slipstream.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.Ports;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTest {
  private static final int MOST_CLIENTS = 64;

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<InputStream> watch(FakeConsole console, String query) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + console.port() + "/api/v1/live" + query);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
        BodyHandlers.ofInputStream());
  }

  @Test
  void client_isToldEachTwoSeconds_andThatNobodyAnswersIsNull() throws Exception {
    try (FakeConsole console = FakeConsole.reading(Ports.gone("a"))) {
      HttpResponse<InputStream> live = watch(console, "");
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8));
      List<String> read = new ArrayList<>();
      while (read.stream().filter(line -> line.startsWith("data: ")).count() < 2) {
        read.add(lines.readLine());
      }
      assertThat(read).contains("retry: 2000", "event: sample");
      String data = read.get(read.size() - 1).substring("data: ".length());
      assertThat(new ObjectMapper().readTree(data).path("point").isNull()).isTrue();
      assertThat(data).contains("\"name\":\"a\"", "\"status\":null");
    }
  }

  @Test
  void tooManyClients_areAProblem_untilOneHasGone() throws Exception {
    try (FakeConsole console = FakeConsole.reading(Ports.gone("a"))) {
      List<InputStream> watching = new ArrayList<>();
      for (int i = 0; i < MOST_CLIENTS; i++) {
        HttpResponse<InputStream> live = watch(console, i % 2 == 0 ? "" : "?target=a");
        assertThat(live.statusCode()).isEqualTo(200);
        watching.add(live.body());
      }
      HttpResponse<InputStream> refused = watch(console, "");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("urn:slipstream:problem:too-many-clients");
      assertThat(threadsOf("console-http")).isLessThan(MOST_CLIENTS);

      watching.get(0).close();
      await()
          .atMost(Duration.ofSeconds(15))
          .until(
              () -> {
                HttpResponse<InputStream> again = watch(console, "");
                again.body().close();
                return again.statusCode() == 200;
              });
      for (InputStream body : watching) {
        body.close();
      }
    }
  }

  private static long threadsOf(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  @Test
  void unknownTarget_isAProblem() throws Exception {
    try (FakeConsole console = FakeConsole.reading(Ports.gone("a"))) {
      assertThat(watch(console, "?target=b").statusCode()).isEqualTo(404);
    }
  }
}
