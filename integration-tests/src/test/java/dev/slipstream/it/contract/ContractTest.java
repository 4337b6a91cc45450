package dev.slipstream.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every answer of every operation is what the document says: before any traffic, with some, after
 * changes, and while a gateway hangs.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ContractTest {
  private static final String API = "/api/v1";
  private static final String STATS = "/api/v1/services/stats";
  private static final int REQUESTS = 20;

  /** Those that need no more than a gateway. */
  private static final List<String> READINGS =
      List.of(
          "/cache/stats",
          "/cache/details",
          "/cache/keys",
          "/performance/status",
          "/performance/report",
          "/performance/recommendations",
          "/performance/endpoints",
          "/performance/activations",
          "/performance/rules",
          "/performance/kpis",
          "/history",
          "/learning/ttl",
          "/rules",
          "/rules/advice",
          "/targets");

  private static final Set<String> ANSWERED = new TreeSet<>();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Pair pair;
  private static Contract contract;

  @BeforeAll
  static void start() throws Exception {
    pair = Pair.in(folder);
    HttpResponse<byte[]> document = send("GET", API + "/openapi.yaml", "");
    contract = Contract.of(document.body());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> send("GET", API + "/health", "").statusCode() == 200 && allUp());
  }

  private static boolean allUp() throws Exception {
    JsonNode health = JSON.readTree(send("GET", API + "/health", "").body());
    return health.path("status").asText().equals("up");
  }

  @AfterAll
  static void stop() {
    pair.close();
  }

  private static HttpResponse<byte[]> send(String method, String path, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(pair.url() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + pair.token())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  /** Asks, checks the answer against the document, and gives it. */
  private static JsonNode ask(int status, String operation, String path, String body)
      throws Exception {
    HttpResponse<byte[]> answer = send(operation.split(" ", 2)[0], path, body);
    assertThat(answer.statusCode()).as(path + ": " + text(answer)).isEqualTo(status);
    contract.check(
        operation, status, answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    ANSWERED.add(operation);
    return JSON.readTree(answer.body());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static JsonNode get(String path) throws Exception {
    int query = path.indexOf('?');
    String route = query < 0 ? path : path.substring(0, query);
    return ask(200, "GET " + API + route, API + path, "");
  }

  private static JsonNode change(String method, String path, String body) throws Exception {
    return ask(200, method + " " + API + path, API + path, body);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  @Order(1)
  void withoutTraffic_ratesAreNull_neverZeroOrOne() throws Exception {
    for (String path : READINGS) {
      get(path);
      get(path + "?target=one");
    }
    JsonNode statistics = get("/cache/stats").path("cache_statistics");
    assertThat(statistics.at("/l1_memory_cache/hit_rate").isNull()).isTrue();
    assertThat(statistics.at("/l2_redis_cache/hit_rate").isNull()).isTrue();
    assertThat(statistics.at("/l2_redis_cache/connected").asBoolean()).isTrue();
    assertThat(statistics.at("/overall_statistics/hit_rate").isNull()).isTrue();
    JsonNode metrics = get("/performance/status").at("/performance_status/current_metrics");
    for (String name :
        List.of("response_time_avg_ms", "response_time_p95_ms", "error_rate", "cache_hit_rate")) {
      assertThat(metrics.path(name).isNull()).as(name).isTrue();
    }
    assertThat(kpi("hit_rate").path("met").isNull()).isTrue();
    assertThat(kpi("p95").path("value").isNull()).isTrue();
    ask(404, "GET " + API + "/cache/entry", API + "/cache/entry?key=none", "");
    ask(404, "GET " + API + "/performance/endpoint", API + "/performance/endpoint?name=GET", "");
    ask(404, "GET " + API + "/cache/stats", API + "/cache/stats?target=three", "");
    ask(400, "GET " + API + "/performance/history", API + "/performance/history", "");
    String longQuery = "/cache/stats?target=" + "a".repeat(4_100);
    ask(414, "GET " + API + "/cache/stats", API + longQuery, "");
  }

  private static JsonNode kpi(String name) throws Exception {
    for (JsonNode kpi : get("/performance/kpis").path("kpis")) {
      if (kpi.path("name").asText().equals(name)) {
        return kpi;
      }
    }
    throw new AssertionError("no KPI " + name);
  }

  private static void traffic() throws Exception {
    for (int i = 0; i < REQUESTS; i++) {
      for (String origin : List.of(pair.first().url(), pair.second().url())) {
        for (String path : List.of(STATS, "/api/v1/alerts", "/nothing/" + i)) {
          HTTP.send(
              HttpRequest.newBuilder(URI.create(origin + path)).build(), BodyHandlers.discarding());
        }
      }
    }
  }

  @Test
  @Order(2)
  void withTraffic_allIsTheSumOfEach_andRatesComeFromSums() throws Exception {
    traffic();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get("/performance/status").findValue("response_time_p95_ms").isNumber());
    for (String path : READINGS) {
      get(path);
      get(path + "?target=two");
    }
    JsonNode one = statistics("?target=one");
    JsonNode two = statistics("?target=two");
    JsonNode all = statistics("");
    long hits = one.path("hits").asLong() + two.path("hits").asLong();
    long misses = one.path("misses").asLong() + two.path("misses").asLong();
    assertThat(hits).isPositive();
    assertThat(all.path("hits").asLong()).isEqualTo(hits);
    assertThat(all.path("hit_rate").asDouble())
        .isCloseTo((double) hits / (hits + misses), within(1e-9));

    String name = "GET " + STATS;
    JsonNode endpoint = get("/performance/endpoint?name=" + encoded(name)).path("endpoint");
    assertThat(endpoint.path("requests").asLong()).isEqualTo(2 * REQUESTS);
    String busiest = "/performance/endpoints?sort=requests&limit=1&search=STATS";
    assertThat(get(busiest).at("/endpoints/0/endpoint").asText()).isEqualTo(name);
    await() // the hits may be of the second after that of the miss
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(busiest).at("/endpoints/0/hits/p95_ms").isNumber());

    String key = get("/cache/keys?pattern=*stats*").at("/keys/0/key").asText();
    JsonNode entry = get("/cache/entry?key=" + encoded(key)).at("/entries/0");
    assertThat(entry.path("status").asInt()).isEqualTo(200);
    assertThat(entry.path("rule").asText()).isEqualTo("stats");
    JsonNode test = get("/rules/test?url=" + encoded(STATS)).at("/tests/0");
    assertThat(test.path("rule").asText()).isEqualTo("stats");
    assertThat(get("/performance/history?target=one&metrics=cpu,memory").path("history"))
        .hasSize(2);
    await().atMost(Duration.ofSeconds(15)).until(() -> get("/history").path("points").size() > 1);
    get("/session");
    get("/health");
    get("/health/ready");
  }

  private static JsonNode statistics(String query) throws Exception {
    return get("/cache/stats" + query).at("/cache_statistics/overall_statistics");
  }

  @Test
  @Order(3)
  void changes_areMade_andAudited() throws Exception {
    String key = get("/cache/keys?pattern=*stats*").at("/keys/0/key").asText();
    JsonNode invalidated =
        change(
            "POST",
            "/cache/invalidate",
            JSON.writeValueAsString(Map.of("keys", List.of(key), "reason", "a test")));
    assertThat(invalidated.path("invalidated_entries").asInt()).isPositive();
    ask(200, "DELETE " + API + "/cache/flush", API + "/cache/flush?level=all", "");
    assertThat(change("PUT", "/performance/level", "{\"level\":\"aggressive\"}").path("level"))
        .hasToString("\"aggressive\"");
    String rule = "PUT " + API + "/performance/rules/{name}";
    String path = API + "/performance/rules/high_cpu_gc";
    JsonNode changed = ask(200, rule, path, "{\"threshold\":80,\"enabled\":true}");
    assertThat(changed.path("rules").findValues("threshold").toString()).contains("80.0");
    ask(404, rule, API + "/performance/rules/none", "{\"enabled\":true}");
    ask(400, rule, path, "{\"enabled\":1}");
    assertThat(change("POST", "/rules/validate", "{\"yaml\":\"rules: []\"}").path("valid"))
        .hasToString("true");
    assertThat(change("POST", "/rules/reload", "").path("reloads")).hasSize(2);

    JsonNode triggered =
        ask(
            200,
            "POST " + API + "/test/performance",
            API + "/test/performance?metric=cpu&value=95&seconds=30&target=one",
            "");
    assertThat(triggered.path("triggered").findValuesAsText("rule")).contains("high_cpu_gc");
    JsonNode status = get("/performance/status?target=one").path("performance_status");
    assertThat(status.at("/injected_metrics/0/metric").asText()).isEqualTo("cpu");
    assertThat(get("/performance/activations").path("activations")).isNotEmpty();
    ask(
        400,
        "POST " + API + "/test/performance",
        API + "/test/performance?metric=none&value=1",
        "");

    String enabled = "PUT " + API + "/targets/{name}/enabled";
    for (boolean value : new boolean[] {false, true}) {
      JsonNode switched =
          ask(200, enabled, API + "/targets/two/enabled", "{\"enabled\":" + value + "}");
      assertThat(switched.path("enabled").asBoolean()).isEqualTo(value);
    }
    JsonNode entries = get("/audit").path("entries");
    assertThat(entries.findValuesAsText("reason")).contains("a test");
    assertThat(entries.findValuesAsText("action"))
        .contains("POST " + API + "/test/performance", "PUT " + API + "/targets/two/enabled");
  }

  @Test
  @Order(4)
  void live_sendsWhatTheDocumentSays() throws Exception {
    HttpResponse<InputStream> live =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(pair.url() + API + "/live")).build(),
            BodyHandlers.ofInputStream());
    contract.check(
        "GET " + API + "/live",
        live.statusCode(),
        live.headers().firstValue("Content-Type").orElse(""),
        new byte[0]);
    ANSWERED.add("GET " + API + "/live");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
      int samples = 0;
      while (samples < 2) {
        String line = lines.readLine();
        if (line.startsWith("data: {\"timestamp\"")) {
          JsonNode sample = JSON.readTree(line.substring("data: ".length()));
          contract.checkSchema("LiveSample", sample);
          assertThat(sample.at("/point/requests_per_second").isNumber()).isEqualTo(samples == 1);
          samples++;
        }
      }
    }
  }

  @Test
  @Order(5)
  void gatewayThatHangs_delaysNobody_andIsTold() throws Exception {
    pair.second().freeze();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get("/health").path("status").asText().equals("degraded"));
    for (String path : READINGS) {
      long start = System.nanoTime();
      JsonNode answer = get(path);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(answer.path("targets").findValuesAsText("status"))
          .as(path)
          .containsExactly("up", "hanging");
    }
    ask(504, "GET " + API + "/cache/stats", API + "/cache/stats?target=two", "");
    ask(
        207,
        "PUT " + API + "/performance/level",
        API + "/performance/level",
        "{\"level\":\"balanced\"}");
    HttpResponse<byte[]> metrics = send("GET", "/metrics", "");
    contract.check(
        "GET /metrics",
        200,
        metrics.headers().firstValue("Content-Type").orElse(""),
        metrics.body());
    ANSWERED.add("GET /metrics");
    assertThat(text(metrics))
        .contains("slipstream_target_up{target=\"one\"} 1.0")
        .contains("slipstream_target_up{target=\"two\"} 0.0")
        .contains("# TYPE slipstream_exchanges_total counter")
        .doesNotContain("slipstream_l1_entries{target=\"two\"}");
  }

  @Test
  @Order(6)
  void everyOperation_wasAsked() {
    ANSWERED.add("GET " + API + "/openapi.yaml"); // which all this is made of
    assertThat(ANSWERED).isEqualTo(contract.operations());
  }
}
