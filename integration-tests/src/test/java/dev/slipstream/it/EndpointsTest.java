package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import javax.management.JMException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What endpoints of a gateway are called, and that no request is counted twice, or not at all. */
final class EndpointsTest {
  private static final String ENDPOINTS = "type=Endpoints";

  private static GatewayProcess gateway;
  private static ManagementClient management;

  @BeforeAll
  static void start() throws IOException {
    gateway =
        new GatewayProcess.Builder("endpoints", "com.example.endpoints.TomcatMain")
            .classPath(Applications.endpointsClassPath())
            .agent("performance_monitoring_interval=1")
            .start();
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/app/await");
    }
    management = ManagementClient.of(gateway);
    await().atMost(Duration.ofSeconds(30)).until(() -> management.isRegistered(ENDPOINTS));
  }

  @AfterAll
  static void stop() throws IOException {
    management.close();
    gateway.close();
  }

  private static Map<String, CompositeData> endpoints() throws IOException, JMException {
    Map<String, CompositeData> byName = new TreeMap<>();
    for (CompositeData one : (CompositeData[]) management.get(ENDPOINTS, "Endpoints")) {
      byName.put((String) one.get("endpoint"), one);
    }
    return byName;
  }

  private static List<Double> history(String metric) throws IOException, JMException {
    CompositeData kept = (CompositeData) management.invoke("type=System", "history", metric, 60);
    return DoubleStream.of((double[]) kept.get("means")).boxed().toList();
  }

  @Test
  void requests_areCountedByTheirTemplates_eachOnce() throws Exception {
    long before = management.number("type=HttpCache", "Requests");
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      for (int i = 0; i < 60; i++) {
        String word = "" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
        connection.get("/app/spring/colours/" + word + "/shades");
        connection.get("/app/spring/colours/" + word + "/shades");
        connection.get("/app/words/" + word);
        connection.get("/app/files/" + (i % 3));
      }
      connection.get("/app/report20261125");
      connection.get("/app/report20261125");
      connection.get("/app/items/1?status=404");
      connection.get("/app/items/2?status=503");
    }

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              Map<String, CompositeData> all = endpoints();
              assertThat(all.keySet())
                  .containsExactlyInAnyOrder(
                      "GET /app/await",
                      "GET /app/spring/colours/{colour}/shades",
                      "GET /app/words/{value}",
                      "GET /app/files/{id}",
                      "GET /app/report20261125",
                      "GET /app/items/{id}");
              CompositeData spring = all.get("GET /app/spring/colours/{colour}/shades");
              assertThat(spring.get("requests")).isEqualTo(120L);
              assertThat(spring.get("windowHits")).isEqualTo(60L);
              assertThat(spring.get("windowMisses")).isEqualTo(60L);
              assertThat(spring.get("bytes")).isEqualTo(120 * 6L);
              assertThat(spring.get("inFlight")).isEqualTo(0);
              assertThat(all.get("GET /app/words/{value}").get("requests")).isEqualTo(60L);
              assertThat(all.get("GET /app/files/{id}").get("requests")).isEqualTo(60L);
              assertThat(all.get("GET /app/report20261125").get("requests")).isEqualTo(2L);
              CompositeData items = all.get("GET /app/items/{id}");
              assertThat(items.get("clientErrors")).isEqualTo(1L);
              assertThat(items.get("serverErrors")).isEqualTo(1L);
            });
    long sent = management.number("type=HttpCache", "Requests") - before;
    long counted = 0;
    for (Map.Entry<String, CompositeData> one : endpoints().entrySet()) {
      counted += one.getKey().endsWith("await") ? 0 : (Long) one.getValue().get("requests");
    }
    assertThat(sent).isEqualTo(4 * 60 + 4);
    assertThat(counted).isEqualTo(sent);
    for (String metric : List.of("request_rate", "response_time_p95", "error_rate", "hit_rate")) {
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(history(metric)).as(metric).anyMatch(value -> value > 0));
    }
  }
}
