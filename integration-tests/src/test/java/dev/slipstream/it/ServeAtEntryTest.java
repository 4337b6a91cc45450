package dev.slipstream.it;

import static dev.slipstream.it.GatewayPairTest.assertHit;
import static dev.slipstream.it.GatewayPairTest.assertMiss;
import static dev.slipstream.it.GatewayPairTest.assertNoHit;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.BodyReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A rule with {@code serve_at: entry}: its hits are what a client got on the miss, and no filter
 * runs for them; what the container checks is checked.
 */
final class ServeAtEntryTest {
  private static final String ANNA = "Authorization: Basic YW5uYTpzZWNyZXQ=";
  private static final String TOKEN = "0123456789abcdef";
  private static final String PASS = "X-Pass: yes";

  private static GatewayProcess gateway;

  @BeforeAll
  static void start() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "rules", "entry"));
    Path rules =
        Files.writeString(
            folder.resolve("cache_rules.yaml"),
            """
            rules:
              - {name: zip, pattern: "/public/zip*", gzip: true, serve_at: entry}
              - {name: public, pattern: "/public/**", serve_at: entry}
              - {name: within-zip, pattern: "/within/zip*", gzip: true}
              - {name: within, pattern: "/within/**"}
            """);
    gateway =
        new GatewayProcess.Builder("serve-at-entry", "com.example.guard.TomcatMain")
            .classPath(Applications.guardClassPath())
            .agent("cache_rules_config_file=" + rules, "purge_token=" + TOKEN)
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> filterRun(get("/public/await")).equals(filterRun(get("/public/await"))));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Answer get(String target, String... fields) throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      return connection.get(target, fields);
    }
  }

  private static Answer exchange(String method, String target, List<String> fields)
      throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      return connection.exchange(method, target, fields);
    }
  }

  /** The answer once it is stored, which may be after the first client has it. */
  private static Answer hit(String target, String... fields) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> get(target, fields), Answer::isHit);
  }

  private static String filterRun(Answer answer) {
    return String.join(",", answer.values("X-Filter-Run"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/public/page", "/public/async"})
  void hit_isTheMissToTheByte_andNoFilterRuns(String target) throws IOException {
    Answer miss = get(target);
    Answer hit = hit(target);

    assertMiss(miss);
    hit.assertSameAs(miss);
    assertThat(filterRun(hit)).isEqualTo(filterRun(miss)).isNotEmpty();
    Answer next = get(target + "?next");
    assertThat(Integer.parseInt(filterRun(next))).isEqualTo(Integer.parseInt(filterRun(miss)) + 1);
  }

  @Test
  void withoutTheKey_filtersRunOnEveryHit() throws IOException {
    Answer miss = get("/within/page");
    Answer hit = hit("/within/page");

    assertThat(filterRun(hit)).isNotEqualTo(filterRun(miss));
  }

  @Test
  void credentials_goThroughTheFilters_andAreNotKeptAtTheEntry() throws IOException {
    Answer miss = get("/public/known");
    Answer known = get("/public/known", ANNA);
    assertNoHit(known);
    assertThat(filterRun(known)).isNotEqualTo(filterRun(miss));

    assertThat(filterRun(hit("/public/known"))).isEqualTo(filterRun(miss));
    get("/public/first-known", ANNA);
    assertMiss(get("/public/first-known"));
  }

  @Test
  void fieldsForAnOrigin_areThatOriginsOwn() throws IOException {
    String allowed = "Access-Control-Allow-Origin";
    get("/public/cors", "Origin: https://a.example");
    assertThat(get("/public/cors", "Origin: https://b.example").values(allowed))
        .containsExactly("https://b.example");

    Answer hit = hit("/public/cors", "Origin: https://a.example");
    assertThat(hit.values(allowed)).containsExactly("https://a.example");
    assertThat(get("/public/cors").values(allowed)).isEmpty();
  }

  /** The container's check comes first, and what it has let pass is somebody's. */
  @Test
  void securityConstraint_isNeverPassedBy() throws IOException {
    assertThat(get("/public/secured/a").status()).isEqualTo(401);
    Answer first = get("/public/secured/a", ANNA);
    assertThat(first.status()).isEqualTo(200);
    Answer second =
        hit("/public/secured/a", ANNA); // it says that it is public, and is kept behind the filters
    assertThat(filterRun(second)).isNotEqualTo(filterRun(first));

    for (int i = 0; i < 2; i++) {
      Answer refused = get("/public/secured/a");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.text()).doesNotContain("everybody");
    }
  }

  @Test
  void guardThatIsAFilter_keepsItsAnswersApart() throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThat(get("/public/token/1", PASS).text()).contains("everybody");
      assertThat(get("/public/token/1").text()).isEqualTo("no");
    }
    assertThat(hit("/public/token/1", PASS).text()).contains("everybody");
    assertThat(hit("/public/token/1").text()).isEqualTo("no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/public/cookie/1", "/public/address/1"})
  void filtersThatGoByTheClient_haveAnswersKeptAtTheServlet(String target) throws IOException {
    Answer miss = get(target);
    Answer hit = hit(target);

    assertThat(filterRun(hit)).isNotEqualTo(filterRun(miss));
    assertThat(filterRun(hit(target))).isNotEqualTo(filterRun(hit));
    assertThat(hit.values("Set-Cookie")).isEqualTo(miss.values("Set-Cookie"));
  }

  @Test
  void errorOfTheServlet_isNotStored() throws IOException {
    for (int i = 0; i < 2; i++) {
      Answer answer = get("/public/error");
      assertThat(answer.status()).isEqualTo(503);
      assertNoHit(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-None-Match: \"1\"",
        "If-None-Match: \"2\"",
        "Range: bytes=2-5",
        "Range: bytes=99999-",
        "Accept-Encoding: gzip"
      })
  void hits_areAsAtTheServlet(String field) throws IOException {
    for (String page : new String[] {"/page", "/zip"}) {
      hit("/public" + page + "?as");
      hit("/within" + page + "?as");
      Answer entry = get("/public" + page + "?as", field);
      Answer servlet = get("/within" + page + "?as", field);

      assertThat(entry.statusLine()).isEqualTo(servlet.statusLine());
      assertThat(entry.body()).isEqualTo(servlet.body());
      for (String name :
          new String[] {"ETag", "Vary", "Content-Encoding", "Content-Range", "Content-Length"}) {
        assertThat(entry.values(name)).as(name).isEqualTo(servlet.values(name));
      }
      assertThat(entry.cacheStatus()).startsWith("Slipstream; hit");
    }
  }

  @Test
  void head_isAnsweredFromTheStoredGet() throws IOException {
    Answer miss = get("/public/head");
    hit("/public/head");
    Answer head = exchange("HEAD", "/public/head", List.of());

    assertHit(head);
    assertThat(head.body()).isEmpty();
    assertThat(filterRun(head)).isEqualTo(filterRun(miss));
    assertThat(head.values("Content-Length")).isEqualTo(miss.values("Content-Length"));
  }

  /** Behind the client there would be no filters: one client waits, and its answer is whole. */
  @Test
  void staleAnswer_isRefreshedByAClient_throughTheFilters() throws IOException {
    Answer first = get("/public/stale");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !filterRun(get("/public/stale")).equals(filterRun(first)));
    Answer refreshed = get("/public/stale");

    assertThat(refreshed.values("X-Filter-Run")).hasSize(1);
    assertThat(refreshed.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PURGE"})
  void changeOfTheUrl_dropsIt(String method) throws IOException {
    String target = "/public/changed/" + method;
    hit(target);

    List<String> fields =
        method.equals("POST")
            ? Post.text(BodyReading.STREAM, "").fields()
            : List.of("X-Purge-Token: " + TOKEN);
    assertThat(exchange(method, target, fields).status()).isLessThan(300);

    assertMiss(get(target));
  }

  @Test
  void noErrorOfTheAgent() throws Exception {
    try (ManagementClient management = ManagementClient.of(gateway)) {
      assertThat(management.number("type=Agent", "Errors")).isZero();
    }
  }
}
