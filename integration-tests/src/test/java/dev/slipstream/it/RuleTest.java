package dev.slipstream.it;

import static dev.slipstream.it.GatewayPairTest.assertHit;
import static dev.slipstream.it.GatewayPairTest.assertMiss;
import static dev.slipstream.it.GatewayPairTest.assertNoHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.example.gateway.BodyReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each key of a rule does what docs/rules.md says, and so do the rules that come with the agent.
 */
final class RuleTest {
  private static final String CACHE = "type=Cache";
  private static final String ANNA = "Authorization: Basic YW5uYTo=";
  private static final String BERT = "Authorization: Basic YmVydDo=";

  private static final String RULES =
      """
      rules:
        - name: disabled
          pattern: /rules/enabled-key
          ttl: 1h
          enabled: false
        - name: first
          pattern: /rules/order/first
          ttl: 60s
        - name: later
          pattern: /rules/order/*
          ttl: 2h
        - {name: ttl, pattern: /rules/ttl, ttl: 5m}
        - {name: ttl-number, pattern: /rules/ttl-number, ttl: 90}
        - {name: ttl-default, pattern: /rules/ttl-default}
        - {name: ttl-short, pattern: /rules/ttl-short, ttl: 1s}
        - {name: post-only, pattern: /rules/post-only, ttl: 5m, methods: [POST], cache_post: true}
        - {name: post-too, pattern: /rules/post-too, ttl: 5m, cache_post: true}
        - {name: statuses, pattern: /rules/statuses, ttl: 5m, statuses: [200, 404]}
        - {name: vary, pattern: /rules/vary, ttl: 5m, vary_headers: [Accept-Language, X-Plan]}
        - {name: each, pattern: /rules/each, ttl: 5m, cache_authenticated: true}
        - {name: everyone, pattern: /rules/everyone, ttl: 5m, ignore_credentials: true}
        - name: invalidated
          pattern: /rules/invalidated/*
          ttl: 5m
          invalidate_on: ["/rules/invalidated/**", "DELETE /rules/{trash,bin}/*"]
        - {name: red, pattern: /rules/red/*, ttl: 5m, tags: [colours, "colour:red"]}
        - {name: blue, pattern: /rules/blue/*, ttl: 5m, tags: [colours, "colour:blue"]}
        - {name: respect, pattern: /rules/respect, ttl: 5m}
        - {name: override, pattern: /rules/override, ttl: 5m, origin: override}
        - {name: query, pattern: /rules/query, ttl: 5m, ignore_query: ["utm_*", fbclid]}
        - {name: cookies, pattern: /rules/cookies, ttl: 5m, harmless_cookies: ["theme*", lang]}
        - {name: small, pattern: /rules/small, ttl: 5m, max_body: 1KB}
        - {name: large, pattern: /rules/large, ttl: 5m, max_body: 256KB}
        - {name: alerts, pattern: /rules/alerts, enabled: false}
        - {name: service-stats, pattern: /rules/stats, ttl: 5m}
      """;

  private static GatewayProcess gateway;
  private static ManagementClient management;

  private HttpConnection connection;

  @BeforeAll
  static void start() throws IOException {
    Path rules = rulesFile("keys", RULES);
    gateway = start("cache_rules_config_file=" + rules, "cache_default_ttl=20m", "max_body=100KB");
    gateway.awaitAgent("");
    management = ManagementClient.of(gateway);
  }

  /** At the root, where the rules that come with the agent match. */
  private static GatewayProcess start(String... options) {
    return GatewayProcess.of(Container.TOMCAT_11)
        .arguments(List.of("", StaticFiles.FOLDER.toString()))
        .agent(options)
        .start();
  }

  private static Path rulesFile(String folder, String text) throws IOException {
    Path path = Files.createDirectories(Path.of("target", "rules", folder));
    return Files.writeString(path.resolve("cache_rules.yaml"), text);
  }

  @AfterAll
  static void stop() throws IOException {
    management.close();
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

  private Answer get(String target, String... fields) throws IOException {
    return connection.get(target, fields);
  }

  private Answer send(String method, String target, String... fields) throws IOException {
    Post post = Post.text(BodyReading.STREAM, "");
    return connection.exchange(method, target, post.fields(fields));
  }

  /** How long a hit stays fresh, in seconds. */
  private static int remainingSeconds(Answer hit) {
    Matcher matcher = Pattern.compile("; ttl=(\\d+)").matcher(hit.cacheStatus());
    assertThat(matcher.find()).as(hit.cacheStatus()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void noErrorOfTheAgent_andNoProblem() throws Exception {
    assertThat((String[]) management.get("type=Agent", "ConfigurationProblems")).isEmpty();
    assertThat(management.number("type=Agent", "Errors")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/rules/ttl,300",
    "/rules/ttl-number,90",
    "/rules/ttl-default,1200",
    "/rules/order/first,60",
    "/rules/order/other,7200"
  })
  void ttl_isTheLifetimeWhereTheResponseStatesNone(String target, int seconds) throws IOException {
    assertMiss(get(target));
    Answer hit = get(target);
    assertHit(hit);
    assertThat(remainingSeconds(hit)).isBetween(seconds - 20, seconds);
    assertThat(hit.text()).isEqualTo("run 1");
  }

  @Test
  void ttl_ends() throws IOException {
    String target = "/rules/ttl-short";
    assertMiss(get(target));

    await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(get(target).text()).isEqualTo("run 2"));
  }

  @Test
  void withoutRule_nothingIsCachedThatDoesNotSaySo() throws IOException {
    assertMiss(get("/rules/none"));
    assertMiss(get("/rules/none"));
  }

  @Test
  void methods_postAlone_leavesGetAlone() throws IOException {
    assertMiss(send("POST", "/rules/post-only"));
    assertHit(send("POST", "/rules/post-only"));
    assertNoHit(get("/rules/post-only"));
    assertNoHit(get("/rules/post-only"));
  }

  @Test
  void cachePost_keepsGetAndPostApart() throws IOException {
    assertMiss(send("POST", "/rules/post-too"));
    assertMiss(get("/rules/post-too"));
    assertHit(send("POST", "/rules/post-too"));
    assertHit(get("/rules/post-too"));
    assertHit(send("HEAD", "/rules/post-too"));
  }

  @Test
  void cachePost_isOffByDefault() throws IOException {
    assertNoHit(send("POST", "/rules/ttl"));
    assertNoHit(send("POST", "/rules/ttl"));
  }

  @Test
  void statuses_areTheOnesCached() throws IOException {
    assertMiss(get("/rules/statuses?404", "X-Status: 404"));
    Answer hit = get("/rules/statuses?404");
    assertHit(hit);
    assertThat(hit.status()).isEqualTo(404);
    for (String status : List.of("201", "410", "500")) {
      assertMiss(get("/rules/statuses?" + status, "X-Status: " + status));
      assertMiss(get("/rules/statuses?" + status, "X-Status: " + status));
    }
  }

  @Test
  void statuses_are200ByDefault() throws IOException {
    assertMiss(get("/rules/ttl?404", "X-Status: 404"));
    assertMiss(get("/rules/ttl?404"));
    assertHit(get("/rules/ttl?404"));
  }

  @Test
  void varyHeaders_chooseBetweenAnswers() throws IOException {
    List<String> german = List.of("Accept-Language: de", "X-Plan: gold");
    List<String> english = List.of("Accept-Language: en", "X-Plan: gold");
    List<String> silver = List.of("Accept-Language: de", "X-Plan: silver");
    for (List<String> fields : List.of(german, english, silver, List.<String>of())) {
      assertMiss(connection.exchange("GET", "/rules/vary", fields));
    }
    for (List<String> fields : List.of(silver, german, List.<String>of(), english)) {
      assertHit(connection.exchange("GET", "/rules/vary", fields));
    }
    assertHit(get("/rules/vary", "X-Other: any"));
  }

  @Test
  void cacheAuthenticated_keepsAnAnswerForEachIdentity() throws IOException {
    assertNoHit(get("/rules/each", ANNA));
    Answer anna = get("/rules/each", ANNA);
    assertHit(anna);
    assertThat(anna.text()).isEqualTo("run 1 for Basic YW5uYTo=");

    assertNoHit(get("/rules/each", BERT));
    Answer bert = get("/rules/each", BERT);
    assertHit(bert);
    assertThat(bert.text()).isEqualTo("run 2 for Basic YmVydDo=");

    assertNoHit(get("/rules/each"));
    assertThat(get("/rules/each").text()).isEqualTo("run 3");
    assertThat(get("/rules/each", ANNA).text()).isEqualTo("run 1 for Basic YW5uYTo=");
    assertNoHit(get("/rules/each", ANNA, "Cookie: session=1"));
    assertNoHit(get("/rules/each", "X-API-Key: 1"));
    assertNoHit(get("/rules/each", "X-API-Key: 2"));
    assertHit(get("/rules/each", "X-API-Key: 1"));
  }

  @Test
  void credentials_passTheCacheByWithoutTheKeys() throws IOException {
    assertMiss(get("/rules/ttl?credentials"));
    for (int run = 2; run <= 3; run++) {
      Answer answer = get("/rules/ttl?credentials", ANNA);
      assertNoHit(answer);
      assertThat(answer.text()).isEqualTo("run " + run + " for Basic YW5uYTo=");
    }
    assertThat(get("/rules/ttl?credentials").text()).isEqualTo("run 1");
  }

  @Test
  void ignoreCredentials_keepsOneAnswerForEveryone() throws IOException {
    assertMiss(get("/rules/everyone", ANNA));
    assertHit(get("/rules/everyone", ANNA));
    assertHit(get("/rules/everyone", BERT));
    assertHit(get("/rules/everyone", "Cookie: JSESSIONID=1"));
    assertHit(get("/rules/everyone"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/rules/invalidated/a",
    "PUT,/rules/invalidated/deep/below",
    "PATCH,/rules/invalidated/x",
    "DELETE,/rules/invalidated/a",
    "DELETE,/rules/trash/1"
  })
  void invalidateOn_successMakesAllOfTheRuleInvalid(String method, String changed)
      throws IOException {
    String query = "?" + method + changed.replace('/', '-');
    for (String name : List.of("a", "b")) {
      assertMiss(get("/rules/invalidated/" + name + query));
      assertHit(get("/rules/invalidated/" + name + query));
    }
    get("/rules/ttl" + query);

    assertThat(send(method, changed).status()).isEqualTo(200);

    for (String name : List.of("a", "b")) {
      assertMiss(get("/rules/invalidated/" + name + query));
      assertHit(get("/rules/invalidated/" + name + query));
    }
    assertHit(get("/rules/ttl" + query));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/rules/invalidated/a,500",
    "POST,/rules/invalidated/a,404",
    "POST,/rules/trash/1,200",
    "DELETE,/rules/trash,200",
    "DELETE,/rules/box/1,200",
    "POST,/rules/other,200",
    "OPTIONS,/rules/invalidated/a,200"
  })
  void invalidateOn_failureOrAnotherRequestChangesNothing(String method, String sent, String status)
      throws IOException {
    String target = "/rules/invalidated/kept?" + method + sent.replace('/', '-') + status;
    assertMiss(get(target));

    assertThat(send(method, sent, "X-Status: " + status).status())
        .isEqualTo(Integer.parseInt(status));

    assertHit(get(target));
  }

  @Test
  void tags_invalidateByJmx_removesWhatHasOne() throws Exception {
    List<String> targets =
        List.of("/rules/red/1", "/rules/red/2", "/rules/blue/1", "/rules/ttl?tags");
    for (String target : targets) {
      assertMiss(get(target));
      assertHit(get(target));
    }

    assertThat(invalidate(List.of("colour:red"), List.of())).isEqualTo("2 2 0");
    assertMiss(get("/rules/red/1"));
    assertMiss(get("/rules/red/2"));
    assertHit(get("/rules/blue/1"));

    assertThat(invalidate(List.of("colours", "none"), List.of())).isEqualTo("3 3 0");
    assertMiss(get("/rules/red/1"));
    assertMiss(get("/rules/blue/1"));
    assertHit(get("/rules/ttl?tags"));

    assertThat(invalidate(List.of("colour:blue"), List.of("GET:/rules/*/1*"))).isEqualTo("2 1 2");
    assertMiss(get("/rules/blue/1"));
    assertThat(invalidate(List.of(), List.of("GET:/rules/blue/1:*"))).isEqualTo("1 0 1");
    assertThat(invalidate(List.of("none"), List.of("user:*"))).isEqualTo("0 0 0");
    assertThat(gateway.standardError())
        .anySatisfy(line -> assertThat(line).contains("colour:red", "because of a test"));
  }

  private static String invalidate(List<String> tags, List<String> patterns) throws Exception {
    CompositeData result =
        (CompositeData)
            management.invoke(
                CACHE,
                "invalidate",
                tags.toArray(new String[0]),
                patterns.toArray(new String[0]),
                "because of a test");
    return result.get("entries") + " " + result.get("byTags") + " " + result.get("byPatterns");
  }

  @ParameterizedTest
  @ValueSource(strings = {"l1", "all"})
  void flush_byJmx_removesWhatThePatternMatches(String level) throws Exception {
    String kept = "/rules/ttl?kept-" + level;
    String flushed = "/rules/ttl?flushed-" + level;
    assertMiss(get(kept));
    assertMiss(get(flushed));

    CompositeData result =
        (CompositeData)
            management.invoke(CACHE, "flush", level, "GET:/rules/ttl:flushed-" + level + ":*");

    assertThat(result.get("l1Entries")).isEqualTo(1L);
    assertThat(result.get("l2Keys")).isEqualTo(0L);
    assertHit(get(kept));
    assertMiss(get(flushed));
    management.invoke(CACHE, "flush", level, "");
    assertMiss(get(kept));
  }

  @Test
  void flush_ofAnUnknownLevel_isRefused() {
    assertThatThrownBy(() -> management.invoke(CACHE, "flush", "l3", ""))
        .hasStackTraceContaining("accepted: l1, l2, all");
  }

  @Test
  void origin_respect_letsTheResponseComeFirst() throws IOException {
    assertMiss(get("/rules/respect?1", "X-Add: Cache-Control: max-age=30"));
    assertThat(remainingSeconds(get("/rules/respect?1"))).isBetween(10, 30);
    assertMiss(get("/rules/respect?2", "X-Add: Cache-Control: max-age=0"));
    assertThat(get("/rules/respect?2").cacheStatus()).startsWith("Slipstream; fwd=stale;");
  }

  @Test
  void origin_override_letsTheRuleComeFirst() throws IOException {
    assertMiss(get("/rules/override?1", "X-Add: Cache-Control: max-age=30"));
    assertThat(remainingSeconds(get("/rules/override?1"))).isBetween(280, 300);
    assertMiss(get("/rules/override?2", "X-Add: Cache-Control: max-age=0"));
    assertThat(remainingSeconds(get("/rules/override?2"))).isBetween(280, 300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rules/ttl", "/rules/override", "/rules/everyone", "/rules/each"})
  void noStorePrivateAndSetCookie_winOverAnyRule(String path) throws IOException {
    int number = 0;
    for (String field :
        List.of("Cache-Control: no-store", "Cache-Control: private", "Set-Cookie: a=b")) {
      String target = path + "?never-" + number++;
      for (int run = 1; run <= 2; run++) {
        Answer answer = get(target, "X-Add: " + field);
        assertMiss(answer);
        assertThat(answer.text()).isEqualTo("run " + run);
      }
    }
  }

  @Test
  void ignoreQuery_isNoPartOfTheKey() throws IOException {
    assertMiss(get("/rules/query?page=1&utm_source=mail"));
    assertHit(get("/rules/query?page=1"));
    assertHit(get("/rules/query?fbclid=7&page=1&utm_campaign=x&utm_term="));
    assertMiss(get("/rules/query?page=2&utm_source=mail"));
    assertMiss(get("/rules/query?page=1&fbclid2=7"));
    assertMiss(get("/rules/query"));
    assertMiss(get("/rules/ttl?page=1&utm_source=mail"));
    assertMiss(get("/rules/ttl?page=1"));
  }

  @Test
  void harmlessCookies_areNoCredentialsThere() throws IOException {
    assertMiss(get("/rules/cookies", "Cookie: theme-dark=1; lang=de; _ga=1"));
    assertHit(get("/rules/cookies", "Cookie: theme=2"));
    assertHit(get("/rules/cookies"));
    assertNoHit(get("/rules/cookies", "Cookie: theme=2; login=anna"));
    assertMiss(get("/rules/ttl?cookies"));
    assertNoHit(get("/rules/ttl?cookies", "Cookie: theme=2"));
  }

  @ParameterizedTest
  @CsvSource({
    "/rules/small,1024,true",
    "/rules/small,1025,false",
    "/rules/ttl,102400,true",
    "/rules/ttl,102401,false",
    "/rules/large,262144,true",
    "/rules/large,262145,false"
  })
  void maxBody_isTheLargestThatIsCached(String path, int size, boolean cached) throws IOException {
    String target = path + "?size=" + size;
    Answer first = get(target, "X-Size: " + size);
    assertThat(first.body()).hasSize(size);
    assertMiss(first);

    Answer second = get(target, "X-Size: " + size);
    assertThat(second.body()).hasSize(size);
    assertThat(second.isHit()).isEqualTo(cached);
  }

  @Test
  void enabledFalse_skipsTheRule() throws IOException {
    assertMiss(get("/rules/enabled-key"));
    assertMiss(get("/rules/enabled-key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/rules//ttl",
        "/rules/ttl;a=b",
        "/rules/./ttl",
        "/rules/x/../ttl",
        "/rules/%74tl"
      })
  void pathThatMeansAnother_getsNoRule(String target) throws IOException {
    get(target);
    assertNoHit(get(target));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/health,30",
    "/api/v1/health/ready,30",
    "/docs/index.html,3600",
    "/redoc/x,3600",
    "/openapi.json,3600",
    "/api/v1/metrics,10",
    "/metrics/x,10"
  })
  void defaultRule_hasItsTtl(String target, int seconds) throws IOException {
    assertMiss(get(target + "?ttl"));
    Answer hit = get(target + "?ttl");
    assertHit(hit);
    assertThat(remainingSeconds(hit)).isBetween(Math.max(0, seconds - 20), seconds);
  }

  @Test
  void defaultHealth_isForEveryoneAndOnlyWhile200() throws IOException {
    assertMiss(get("/api/v1/health?all", "X-Status: 503"));
    assertMiss(get("/api/v1/health?all", ANNA));
    assertHit(get("/api/v1/health?all", BERT));
    assertHit(get("/api/v1/health?all"));
  }

  @ParameterizedTest
  @CsvSource({"/docs/a,Accept-Language", "/openapi.json,Accept-Language"})
  void defaultDocumentation_variesByLanguage(String target, String field) throws IOException {
    for (String value : List.of("de", "en")) {
      assertMiss(get(target, field + ": " + value));
    }
    for (String value : List.of("de", "en")) {
      assertHit(get(target, field + ": " + value));
    }
  }

  @Test
  void defaultStatic_variesByEncoding() throws IOException {
    assertMiss(get("/static/small.txt", "Accept-Encoding: gzip"));
    assertMiss(get("/static/small.txt", "Accept-Encoding: br"));
    assertHit(get("/static/small.txt", "Accept-Encoding: gzip"));
    assertHit(get("/static/small.txt", "Accept-Encoding: br"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/generate/code", "/api/v1/generate/image/large"})
  void defaultGenerated_isPostByBody(String target) throws IOException {
    assertMiss(send("POST", target));
    Answer hit = send("POST", target);
    assertHit(hit);
    assertThat(remainingSeconds(hit)).isBetween(1780, 1800);
    assertMiss(get(target));
    assertMiss(get(target));
  }

  @Test
  void defaultRule_givesWayToOneOfTheSameName() throws IOException {
    for (String target : List.of("/api/v1/alerts", "/api/v1/services/stats")) {
      assertMiss(get(target));
      assertMiss(get(target));
    }
    assertMiss(get("/rules/stats"));
    assertHit(get("/rules/stats"));
  }

  /** Edits one file step after step; each is seen within two seconds. */
  @Test
  void reload_takesEdits_keepsEntries_andRejectsWhatIsBroken() throws Exception {
    String one = "rules:\n  - {name: one, pattern: /rules/one/*, ttl: 5m}\n";
    String two = one + "  - {name: two, pattern: /rules/two/*, ttl: 5m}\n";
    Path file = rulesFile("reload", one);
    try (GatewayProcess edited =
            GatewayProcess.of(Container.TOMCAT_11)
                .arguments(List.of("", StaticFiles.FOLDER.toString()))
                .environment("CACHE_RULES_DEFAULTS", "false")
                .agent("cache_rules_config_file=" + file)
                .start();
        HttpConnection client = new HttpConnection(edited.port())) {
      edited.awaitAgent("");
      // Without the default rules.
      assertMiss(client.get("/api/v1/health"));
      assertMiss(client.get("/api/v1/health"));
      assertMiss(client.get("/rules/one/1"));
      assertHit(client.get("/rules/one/1"));
      assertMiss(client.get("/rules/two/1"));
      assertMiss(client.get("/rules/two/1"));

      edit(edited, file, two, "INFO 2 cache rules in force, 2 of them from " + file);
      assertHit(client.get("/rules/one/1"));
      assertMiss(client.get("/rules/two/1"));
      assertHit(client.get("/rules/two/1"));

      edit(
          edited,
          file,
          two.replace("5m", "soon"),
          "WARN " + file + ":2:45: ttl: \"soon\" is not a duration");
      assertHit(client.get("/rules/one/1"));
      assertMiss(client.get("/rules/two/2"));
      assertHit(client.get("/rules/two/2"));

      Files.delete(file);
      awaitLine(edited, "WARN " + file + ": the file does not exist");
      assertMiss(client.get("/rules/two/3"));
      assertHit(client.get("/rules/two/3"));

      edit(edited, file, "", "INFO 0 cache rules in force, 0 of them from " + file);
      assertMiss(client.get("/rules/two/4"));
      assertMiss(client.get("/rules/two/4"));

      edit(edited, file, one, "INFO 1 cache rules in force, 1 of them from " + file);
      assertHit(client.get("/rules/one/1"));
    }
  }

  private static void edit(GatewayProcess edited, Path file, String text, String line)
      throws IOException {
    Path next = Files.writeString(file.resolveSibling("next.yaml"), text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    awaitLine(edited, line);
  }

  private static void awaitLine(GatewayProcess edited, String text) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                assertThat(edited.standardError())
                    .anySatisfy(line -> assertThat(line).contains(text)));
  }
}
