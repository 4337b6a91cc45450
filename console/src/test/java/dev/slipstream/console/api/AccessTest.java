package dev.slipstream.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.FakeGateway;
import dev.slipstream.console.targets.Targets;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, what a browser is told, and what is written down, over HTTP. */
class AccessTest {
  private static final String FLUSH = "/api/v1/cache/flush";

  private final FakeAgent agent =
      new FakeAgent()
          .with(CacheMXBean.class, "flush", (FakeAgent.Operation) any -> new FlushResult(7, 0));
  private FakeGateway gateway;
  private FakeConsole console;
  private Api operator;
  private Api viewer;
  private Api nobody;

  @BeforeEach
  void start() throws Exception {
    gateway = FakeGateway.with(agent);
    console = FakeConsole.reading(gateway.called("one")).awaitUp();
    operator = console.api();
    viewer = operator.with(FakeConsole.VIEWER_TOKEN);
    nobody = operator.with("");
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
    gateway.close();
  }

  @Test
  void onLoopback_readingIsOpen_andAChangeNeedsAnOperator() throws Exception {
    assertThat(nobody.get("/api/v1/cache/stats").status()).isEqualTo(200);
    assertThat(nobody.get("/api/v1/health").json().path("targets")).hasSize(1);
    Api.Answer none = nobody.delete(FLUSH);
    none.problem(401, "urn:slipstream:problem:token-needed");
    assertThat(none.field("WWW-Authenticate")).isEqualTo("Bearer realm=\"slipstream\"");
    Api.Answer small = viewer.delete(FLUSH);
    small.problem(403, "urn:slipstream:problem:role-needed");
    assertThat(small.field("WWW-Authenticate")).contains("insufficient_scope");
    Api.Answer unknown = operator.with("x".repeat(40)).get("/api/v1/cache/stats");
    unknown.problem(401, "urn:slipstream:problem:token-unknown");
    assertThat(unknown.field("WWW-Authenticate")).contains("invalid_token");
    assertThat(agent.calls()).isEmpty();
    assertThat(operator.delete(FLUSH).status()).isEqualTo(200);
    assertThat(agent.calls()).hasSize(1);
  }

  @Test
  void unknownPath_withoutAToken_tellsNothingOfWhatThereIs() throws Exception {
    nobody.delete("/api/v1/nothing").problem(401, "urn:slipstream:problem:token-needed");
    operator.delete("/api/v1/nothing").problem(404, "about:blank");
  }

  @Test
  void session_tellsWhatTheCallerMayDo() throws Exception {
    assertThat(nobody.get("/api/v1/session").body())
        .isEqualTo(
            "{\"role\":\"none\",\"name\":\"anonymous\",\"reading_open\":true,\"tls\":false}");
    assertThat(viewer.get("/api/v1/session").body())
        .isEqualTo("{\"role\":\"viewer\",\"name\":\"reader\",\"reading_open\":true,\"tls\":false}");
  }

  @Test
  void beyondLoopback_probesHearTheStatusAlone() throws Exception {
    Targets targets = FakeConsole.targets(gateway.called("one"));
    try (FakeConsole closed =
        FakeConsole.reading(targets, FakeConsole.protection(false, 1_000_000))) {
      Api stranger = closed.api().with("");
      closed.awaitUp();
      assertThat(stranger.get("/api/v1/health").body()).isEqualTo("{\"status\":\"up\"}");
      assertThat(stranger.get("/api/v1/health/ready").body()).isEqualTo("{\"status\":\"up\"}");
      stranger.get("/api/v1/cache/stats").problem(401, "urn:slipstream:problem:token-needed");
      stranger.get("/api/v1/audit").problem(401, "urn:slipstream:problem:token-needed");
      stranger.get("/metrics").problem(401, "urn:slipstream:problem:token-needed");
      assertThat(stranger.get("/").status()).isEqualTo(200);
      Api reader = closed.api().with(FakeConsole.VIEWER_TOKEN);
      assertThat(reader.get("/api/v1/health").json().path("targets")).hasSize(1);
      assertThat(reader.get("/api/v1/cache/stats").status()).isEqualTo(200);
    }
  }

  @Test
  void changes_areWrittenDown_withWhoWhatWhyAndResult() throws Exception {
    operator.delete(FLUSH + "?level=l1&reason=release%207", "X-Correlation-ID", "seven");
    operator.post(
        "/api/v1/cache/invalidate?target=one", "{\"tags\":[\"a\\nb\"],\"reason\":\"why\\u0007\"}");
    operator.post("/api/v1/cache/invalidate", "{\"tags\":[\"a\"],\"reason\":\"import\"}");
    viewer.delete(FLUSH);
    nobody.get("/api/v1/cache/stats");
    JsonNode entries = nobody.get("/api/v1/audit").json().path("entries");
    assertThat(entries).hasSize(4);
    assertThat(entries.findValuesAsText("result"))
        .containsExactly("refused", "done", "failed", "done");
    assertThat(entries.findValuesAsText("who"))
        .containsExactly("reader", "tests", "tests", "tests");
    assertThat(entries.findValuesAsText("reason"))
        .containsExactly("", "import", "why\u0007", "release 7");
    assertThat(entries.findValuesAsText("target")).containsExactly("all", "all", "one", "all");
    JsonNode first = entries.get(3);
    assertThat(first.path("action").textValue()).isEqualTo("DELETE " + FLUSH);
    assertThat(first.path("details").textValue()).isEqualTo("level=l1&reason=release%207");
    assertThat(first.path("role").textValue()).isEqualTo("operator");
    assertThat(first.path("from").textValue()).isEqualTo("127.0.0.1");
    assertThat(first.path("status").intValue()).isEqualTo(200);
    assertThat(first.path("correlation_id").textValue()).isEqualTo("seven");
    assertThat(entries.get(1).path("details").textValue()).isEqualTo("{\"tags\":[\"a\"]}");
    assertThat(nobody.get("/api/v1/audit?limit=1").json().path("entries")).hasSize(1);
    nobody.get("/api/v1/audit?limit=0").problem(400, "urn:slipstream:problem:invalid-request");
  }

  @Test
  void whatIsOnlyCounted_isNotWrittenDownAsDone() throws Exception {
    operator.post("/api/v1/cache/invalidate", "{\"patterns\":[\"a*\"],\"dry_run\":true}");
    operator.post("/api/v1/cache/invalidate", "{\"patterns\":[\"a*\"],\"dry_run\":false}");
    JsonNode entries = nobody.get("/api/v1/audit").json().path("entries");
    assertThat(entries.findValuesAsText("result")).containsExactly("done", "counted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/health", "/", "/api/v1/nothing"})
  void everyAnswer_tellsABrowserToKeepToItself(String path) throws Exception {
    Api.Answer answer = nobody.get(path);
    assertThat(answer.field("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.field("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.field("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.field("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.field("Permissions-Policy")).contains("camera=()");
    assertThat(answer.field("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(answer.field("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.field("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.field("Strict-Transport-Security")).isEmpty();
    assertThat(answer.field("Server")).isEmpty();
  }

  @Test
  void page_mayUseItsOwnScripts_andTheApiNone() throws Exception {
    assertThat(nobody.get("/").field("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(nobody.get("/api/v1/health").field("Content-Security-Policy"))
        .doesNotContain("script-src");
  }

  @Test
  void changeFromAnotherSite_isRefused() throws Exception {
    operator
        .delete(FLUSH, "Origin", "http://evil.example")
        .problem(403, "urn:slipstream:problem:cross-site");
    operator
        .delete(FLUSH, "Sec-Fetch-Site", "same-site")
        .problem(403, "urn:slipstream:problem:cross-site");
    assertThat(operator.delete(FLUSH, "Origin", "http://127.0.0.1:" + console.port()).status())
        .isEqualTo(200);
    assertThat(agent.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "POST", "PUT", "HEAD"})
  void methodThatAFieldNames_isNotTakenForTheOneThatWasSent(String method) throws Exception {
    String field = "X-HTTP-Method-Override";
    nobody.get(FLUSH, field, method).problem(405, "about:blank");
    viewer.get("/api/v1/targets/one/enabled", field, method).problem(405, "about:blank");
    operator.delete("/api/v1/health", field, "GET").problem(405, "about:blank");
    assertThat(agent.calls()).isEmpty();
    JsonNode entries = nobody.get("/api/v1/audit").json().path("entries");
    assertThat(entries.findValuesAsText("result")).containsOnly("refused");
    assertThat(entries.findValuesAsText("action"))
        .contains("DELETE as GET /api/v1/health")
        .filteredOn(action -> action.equals("GET as " + method + " " + FLUSH))
        .as("HEAD changes nothing")
        .hasSize(method.equals("HEAD") ? 0 : 1);
  }

  @Test
  void readingFromAnotherSite_isRefused() throws Exception {
    nobody
        .get("/api/v1/cache/stats", "Sec-Fetch-Site", "cross-site")
        .problem(403, "urn:slipstream:problem:cross-site");
    assertThat(nobody.get("/", "Sec-Fetch-Site", "cross-site").status()).isEqualTo(200);
  }

  @Test
  void whatIsRefused_isWrittenDownSo_andNoMoreThanTenAMinute() throws Exception {
    operator.delete(FLUSH + "?level=l1");
    for (int i = 0; i < 30; i++) {
      nobody.delete("/api/v1/" + "a".repeat(4_200)).problem(414, "about:blank");
    }
    operator.send(
        "PUT",
        "/api/v1/targets/one/enabled",
        BodyPublishers.ofString("{}"),
        "Content-Type",
        "application/json");
    JsonNode entries = nobody.get("/api/v1/audit").json().path("entries");
    assertThat(entries.findValuesAsText("result"))
        .hasSizeLessThan(15)
        .endsWith("done")
        .contains("refused");
    assertThat(entries.get(0).path("target").textValue()).isEqualTo("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "OPTIONS", "PATCH", "PROPFIND", "get"})
  void methodsThatNothingHas_areRefused(String method) throws Exception {
    Api.Answer answer = operator.send(method, "/api/v1/health", BodyPublishers.noBody());
    answer.problem(405, "about:blank");
    assertThat(answer.field("Allow")).contains("GET");
  }

  @Test
  void overTheRate_isTooMany_whateverAForwardedForClaims() throws Exception {
    try (FakeConsole slow =
        FakeConsole.reading(
            FakeConsole.targets(gateway.called("one")), FakeConsole.protection(true, 2))) {
      Api api = slow.api().with("");
      List<Integer> statuses =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(
                  i -> {
                    try {
                      return api.get("/api/v1/session", "X-Forwarded-For", "192.0.2." + i).status();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .toList();
      assertThat(statuses.subList(0, 10)).containsOnly(200);
      assertThat(statuses.subList(15, 20)).contains(429);
      Api.Answer refused = api.get("/api/v1/session");
      if (refused.status() == 429) {
        refused.problem(429, "urn:slipstream:problem:too-many-requests");
        assertThat(refused.field("Retry-After")).isEqualTo("1");
      }
    }
  }
}
