package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.EntrySummary;
import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.config.jmx.InvalidationReport;
import dev.slipstream.config.jmx.KeyListing;
import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.FakeGateway;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over two gateways that share a Redis. */
class CacheApiTest {
  private static final String INVALID = "urn:slipstream:problem:invalid-request";
  private static final String INVALIDATE = "/api/v1/cache/invalidate";

  private final FakeAgent one =
      new FakeAgent().withTraffic(1).withRedis("127.0.0.1:6379/0 (environment)", 30, 10, 12);
  private final FakeAgent two =
      new FakeAgent().withTraffic(2).withRedis("127.0.0.1:6379/0 (YAML file)", 10, 50, 12);
  private FakeGateway first;
  private FakeGateway second;
  private FakeConsole console;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    first = FakeGateway.with(one);
    second = FakeGateway.with(two);
    console = FakeConsole.reading(first.called("one"), second.called("two")).awaitUp();
    api = console.api();
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
    first.close();
    second.close();
  }

  @Test
  void statistics_ofOneGateway() throws Exception {
    Api.Answer answer = api.get("/api/v1/cache/stats?target=one");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"cache_statistics":{\
            "l1_memory_cache":{"entries":7,"memory_usage_bytes":7000,"max_items":null,\
            "hit_rate":0.5,"evictions":2},\
            "l2_redis_cache":{"connected":true,"memory_usage":1000000,"keys":12,"hit_rate":0.75},\
            "overall_statistics":{"total_operations":130,"hits":60,"misses":40,"sets":25,\
            "deletes":5,"hit_rate":0.6,"miss_rate":0.4}},\
            "middleware_statistics":{"requests_cached":60,"cache_bypassed":10,"cache_errors":1,\
            "avg_response_time_ms":4.0,"cache_size_bytes":7000},\
            "targets":[{"name":"one","status":"up"}]}""");
  }

  @Test
  void statistics_ofAll_addUp_andASharedRedisCountsOnce() throws Exception {
    assertThat(api.get("/api/v1/cache/stats").body())
        .isEqualTo(
            """
            {"cache_statistics":{\
            "l1_memory_cache":{"entries":21,"memory_usage_bytes":21000,"max_items":null,\
            "hit_rate":0.5,"evictions":6},\
            "l2_redis_cache":{"connected":true,"memory_usage":1000000,"keys":12,"hit_rate":0.4},\
            "overall_statistics":{"total_operations":390,"hits":180,"misses":120,"sets":75,\
            "deletes":15,"hit_rate":0.6,"miss_rate":0.4}},\
            "middleware_statistics":{"requests_cached":180,"cache_bypassed":30,"cache_errors":3,\
            "avg_response_time_ms":6.666666666666667,"cache_size_bytes":21000},\
            "targets":[{"name":"one","status":"up"},{"name":"two","status":"up"}]}""");
  }

  @Test
  void statistics_beforeAnyTraffic_haveNoRates() throws Exception {
    try (FakeGateway idle = FakeGateway.with(new FakeAgent());
        FakeConsole other = FakeConsole.reading(idle.called("idle")).awaitUp()) {
      JsonNode statistics = other.api().get("/api/v1/cache/stats").json();
      assertThat(statistics.findValues("hit_rate")).hasSize(3).allMatch(JsonNode::isNull);
      assertThat(statistics.findValue("miss_rate").isNull()).isTrue();
      assertThat(statistics.findValue("avg_response_time_ms").isNull()).isTrue();
      assertThat(statistics.at("/cache_statistics/l2_redis_cache"))
          .hasToString(
              "{\"connected\":false,\"memory_usage\":null,\"keys\":null,\"hit_rate\":null}");
    }
  }

  /** A search that ran out of time must not look as if there were no more. */
  @Test
  void keys_ofWhichAGatewayFoundAPart_areNotComplete() throws Exception {
    EntrySummary a = new EntrySummary("a", true, false, 1L, 2L, 3L, List.of("t"));
    EntrySummary b = new EntrySummary("b", false, true, null, null, null, List.of());
    one.with(CacheMXBean.class, "search", found(new KeyListing(List.of(a, b), true)));
    two.with(CacheMXBean.class, "search", found(new KeyListing(List.of(b), true)));
    JsonNode whole = api.get("/api/v1/cache/keys?pattern=*").json();
    assertThat(whole.findValuesAsText("key")).containsExactly("a", "b");
    assertThat(whole.path("complete").booleanValue()).isTrue();
    assertThat(whole.path("truncated").booleanValue()).isFalse();

    two.with(CacheMXBean.class, "search", found(new KeyListing(List.of(b), false)));
    JsonNode part = api.get("/api/v1/cache/keys?pattern=*").json();
    assertThat(part.findValuesAsText("key")).containsExactly("a", "b");
    assertThat(part.path("complete").isBoolean()).isTrue();
    assertThat(part.path("complete").booleanValue()).isFalse();
    assertThat(part.path("truncated").booleanValue()).isTrue();
  }

  private static FakeAgent.Operation found(KeyListing listing) {
    return any -> listing;
  }

  @Test
  void flush_ofEverything() throws Exception {
    one.with(CacheMXBean.class, "flush", (FakeAgent.Operation) any -> new FlushResult(7, 12));
    two.with(CacheMXBean.class, "flush", (FakeAgent.Operation) any -> new FlushResult(14, 0));
    Api.Answer answer = api.delete("/api/v1/cache/flush");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"success","message":"flushed l1 and l2 of 2 gateways",\
            "details":{"l1_entries_cleared":21,"l2_keys_cleared":12,"total_cleared":33},\
            "targets":[{"name":"one","status":"up"},{"name":"two","status":"up"}]}""");
    assertThat(one.calls()).containsExactly("flush[all, ]");
    assertThat(two.calls()).containsExactly("flush[all, ]");
  }

  @Test
  void flush_ofOneTierByPatternInOneGateway() throws Exception {
    Api.Answer answer = api.delete("/api/v1/cache/flush?level=l1&pattern=user%3A*&target=two");
    assertThat(answer.json().path("message").textValue())
        .isEqualTo("flushed what matches user:* in l1 of 1 gateway");
    assertThat(one.calls()).isEmpty();
    assertThat(two.calls()).containsExactly("flush[l1, user:*]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "level=", "level=L1", "level=l3", "levle=l1", "level=l1&level=l2", "pattern=",
        "pattern=%20", "pattern=%ff", "pattern=%0a", "target=", "target=one&target=two",
            "dry_run=true"
      })
  void flush_thatIsNotUnderstood_flushesNothing(String query) throws Exception {
    api.delete("/api/v1/cache/flush?" + query).problem(400, INVALID);
    assertThat(one.calls()).isEmpty();
    assertThat(two.calls()).isEmpty();
  }

  private static InvalidationReport report(boolean dryRun, long entries, String... sample) {
    return new InvalidationReport(
        dryRun,
        entries,
        2,
        entries - 1,
        entries - 1,
        1,
        Map.of("users", entries - 1, "a", 0L),
        Map.of("user:*", 1L),
        List.of(sample),
        true);
  }

  @Test
  void invalidate_byTagsAndPatterns() throws Exception {
    one.with(CacheMXBean.class, "invalidateWith", (FakeAgent.Operation) any -> report(false, 5));
    two.with(CacheMXBean.class, "invalidateWith", (FakeAgent.Operation) any -> report(false, 2));
    Api.Answer answer =
        api.post(
            INVALIDATE,
            "{\"tags\":[\"users\",\"a\"],\"patterns\":[\"user:*\"],\"reason\":\"release 7\","
                + "\"soft\":false}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"success","dry_run":false,"invalidated_entries":7,\
            "details":{"by_tags":5,"by_patterns":2,"tags":{"a":0,"users":4},\
            "patterns":{"user:*":1}},"sample":null,"complete":true,\
            "targets":[{"name":"one","status":"up"},{"name":"two","status":"up"}]}""");
    assertThat(one.calls())
        .containsExactly(
            "invalidateWith[[users, a], [user:*], [], any, all, false, false, release 7]");
  }

  @Test
  void invalidate_byTagsAlone() throws Exception {
    assertThat(api.post(INVALIDATE + "?target=one", "{\"tags\":[\"t\"]}").status()).isEqualTo(200);
    assertThat(one.calls())
        .containsExactly("invalidateWith[[t], [], [], any, all, false, false, ]");
    assertThat(two.calls()).isEmpty();
  }

  @Test
  void invalidate_asADryRun_showsWhatItWouldRemove() throws Exception {
    one.with(
        CacheMXBean.class,
        "invalidateWith",
        (FakeAgent.Operation) any -> report(true, 5, "apigw:b", "apigw:a"));
    two.with(
        CacheMXBean.class,
        "invalidateWith",
        (FakeAgent.Operation) any -> report(true, 2, "apigw:b", "apigw:c"));

    JsonNode answer =
        api.post(
                INVALIDATE,
                "{\"tags\":[\"users\"],\"keys\":[\"apigw:k\"],\"match\":\"all\",\"level\":\"l1\","
                    + "\"dry_run\":true}")
            .json();

    assertThat(answer.path("dry_run").booleanValue()).isTrue();
    assertThat(answer.path("invalidated_entries").intValue())
        .as("the 4 of their Redis, and one beside it in each")
        .isEqualTo(6);
    assertThat(answer.path("details").path("by_tags").intValue()).isEqualTo(4);
    assertThat(answer.path("sample")).hasToString("[\"apigw:a\",\"apigw:b\",\"apigw:c\"]");
    assertThat(answer.path("complete").booleanValue()).isTrue();
    assertThat(two.calls())
        .containsExactly("invalidateWith[[users], [], [apigw:k], all, l1, false, true, ]");
  }

  @Test
  void invalidate_softly() throws Exception {
    assertThat(api.post(INVALIDATE, "{\"patterns\":[\"*\"],\"soft\":true}").status())
        .isEqualTo(200);
    assertThat(one.calls()).containsExactly("invalidateWith[[], [*], [], any, all, true, false, ]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                        | no JSON object",
        "nonsense                                  | no JSON",
        "{                                         | no JSON",
        "{\"tags\":[\"a\"]} x                      | no JSON",
        "{\"tags\":[\"a\"]}{}                      | no JSON",
        "{\"tags\":[\"a\"],\"tags\":[\"b\"]}       | no JSON",
        "{'tags':['a']}                            | no JSON",
        "[\"a\"]                                   | no JSON object",
        "null                                      | no JSON object",
        "\"tags\"                                  | no JSON object",
        "{}                                        | neither tags, patterns nor keys",
        "{\"tags\":[],\"patterns\":[]}             | neither tags, patterns nor keys",
        "{\"tags\":null}                           | neither tags, patterns nor keys",
        "{\"tags\":\"a\"}                          | tags is no array",
        "{\"tags\":{\"a\":1}}                      | tags is no array",
        "{\"tags\":[1]}                            | a value of tags is no string",
        "{\"tags\":[null]}                         | a value of tags is no string",
        "{\"tags\":[\"\"]}                         | a value of tags is empty",
        "{\"patterns\":[\" \"]}                    | a value of patterns is empty",
        "{\"patterns\":[[\"a\"]]}                  | a value of patterns is no string",
        "{\"patterns\":[\"a\\nb\"]}                | control character",
        "{\"tags\":[\"a\"],\"reason\":7}           | reason is no string",
        "{\"tags\":[\"a\"],\"reason\":\"a\\r\\nb\"} | control character",
        "{\"tags\":[\"a\"],\"pattern\":[\"a\"]}    | unknown member \"pattern\"",
        "{\"tags\":[\"a\"],\"soft\":\"yes\"}       | soft is neither true nor false",
        "{\"tags\":[\"a\"],\"dry_run\":1}          | dry_run is neither true nor false",
        "{\"tags\":[\"a\"],\"match\":\"both\"}     | match \"both\" is none of any, all",
        "{\"tags\":[\"a\"],\"level\":\"L1\"}       | level \"L1\" is none of l1, l2, all",
        "{\"tags\":[\"a\"],\"level\":\"l1\",\"soft\":true} | soft is of level \"all\" alone",
        "{\"keys\":\"a\"}                          | keys is no array",
      })
  void invalidate_withABadBody_saysWhatIsWrong(String body, String detail) throws Exception {
    assertThat(api.post(INVALIDATE, body).problem(400, INVALID)).contains(detail);
    assertThat(one.calls()).isEmpty();
  }

  @Test
  void invalidate_withAHugeOrDeepBody_isRefused() throws Exception {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    api.post(INVALIDATE, "{\"tags\":" + deep + "}").problem(400, INVALID);
    api.post(INVALIDATE, "{\"tags\":[\"" + "x".repeat(2_000) + "\"]}").problem(400, INVALID);
    api.post(INVALIDATE, "{\"tags\":[" + "\"x\",".repeat(1_500) + "\"x\"]}").problem(400, INVALID);
    String huge = "{\"tags\":[\"" + "x".repeat(64 * 1024) + "\"]}";
    api.post(INVALIDATE, huge).problem(413, "urn:slipstream:problem:too-long");
    api.send(
            "POST",
            INVALIDATE,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge.getBytes(UTF_8))),
            "Content-Type",
            "application/json")
        .problem(413, "urn:slipstream:problem:too-long");
    assertThat(one.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json-patch+json",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16"
      })
  void invalidate_ofAnotherType_isRefused(String type) throws Exception {
    api.send(
            "POST", INVALIDATE, BodyPublishers.ofString("{\"tags\":[\"a\"]}"), "Content-Type", type)
        .problem(415, "urn:slipstream:problem:not-json");
    api.send("POST", INVALIDATE, BodyPublishers.noBody())
        .problem(415, "urn:slipstream:problem:not-json");
    assertThat(one.calls()).isEmpty();
  }

  @Test
  void change_thatTheAgentRejects_isABadRequest() throws Exception {
    FakeAgent.Operation rejecting =
        any -> {
          throw new IllegalArgumentException("pattern \"[\": no ] for this [");
        };
    one.with(CacheMXBean.class, "flush", rejecting);
    two.with(CacheMXBean.class, "flush", rejecting);
    assertThat(
            api.delete("/api/v1/cache/flush?pattern=%5B")
                .problem(400, "urn:slipstream:problem:rejected"))
        .startsWith("one pattern \"[\": no ] for this [");
  }

  @Test
  void unknownTarget_isNotFound_andTheKnownAreNamed() throws Exception {
    String type = "urn:slipstream:problem:unknown-target";
    assertThat(api.get("/api/v1/cache/stats?target=three").problem(404, type))
        .isEqualTo("known are [one, two]");
    api.delete("/api/v1/cache/flush?target=127.0.0.1:9010").problem(404, type);
    api.post(INVALIDATE + "?target=three", "{\"tags\":[\"a\"]}").problem(404, type);
  }

  @Test
  void everyAnswer_saysWhenAndToWhichRequest() throws Exception {
    Api.Answer answer = api.get("/api/v1/cache/stats", "X-Correlation-ID", "request-7");
    assertThat(answer.json().path("correlation_id").textValue()).isEqualTo("request-7");
    assertThat(answer.field("X-Correlation-ID")).isEqualTo("request-7");
    assertThat(answer.json().path("service").textValue()).isEqualTo("slipstream-console");
    assertThat(Instant.parse(answer.json().path("timestamp").textValue()))
        .isBetween(Instant.now().minus(1, ChronoUnit.MINUTES), Instant.now());
    assertThat(
            api.get("/api/v1/health", "X-Correlation-ID", "<b>")
                .json()
                .path("correlation_id")
                .textValue())
        .hasSize(36);
  }
}
