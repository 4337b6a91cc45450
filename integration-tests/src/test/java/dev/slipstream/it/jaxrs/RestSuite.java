package dev.slipstream.it.jaxrs;

import static dev.slipstream.it.jaxrs.RestServer.Unable.TO_CACHE;
import static dev.slipstream.it.jaxrs.RestServer.Unable.TO_COMPLETE;
import static dev.slipstream.it.jaxrs.RestServer.Unable.TO_SEND_EVENTS;
import static dev.slipstream.it.jaxrs.RestServer.Unable.TO_SUSPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of the application with the agent, held against the application alone. */
abstract class RestSuite {
  private static final String RULES =
      """
      rules:
        - name: search
          pattern: "/items/search"
          methods: [POST]
          cache_post: true
          ttl: 10m
      """;

  private static final String PLAIN = "GET /items/plain/{id}";
  private static final String PURGE_TOKEN = "a-token-that-is-long-enough-0123456789";

  private static RestServer server;
  private static GatewayProcess alone;
  private static GatewayProcess withAgent;

  private HttpConnection baseline;
  private HttpConnection cached;

  @BeforeParameterizedClassInvocation
  static void start(RestServer which) throws IOException {
    server = which;
    Path folder = Files.createDirectories(Path.of("target", "rules", "jax-rs"));
    Path rules = Files.writeString(folder.resolve("cache_rules.yaml"), RULES);
    alone = gateway().start();
    withAgent =
        gateway().agent("cache_rules_config_file=" + rules, "purge_token=" + PURGE_TOKEN).start();
    try (HttpConnection connection = new HttpConnection(withAgent.port())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> isUp(connection));
    }
  }

  private static boolean isUp(HttpConnection connection) throws IOException {
    boolean told = !connection.get("/items/plain/wake-up").values("Cache-Status").isEmpty();
    return told
        || (!server.can(TO_CACHE)
            && withAgent.standardError().stream().anyMatch(line -> line.contains(" Slipstream ")));
  }

  private static GatewayProcess.Builder gateway() {
    return new GatewayProcess.Builder(server.name().toLowerCase(Locale.ROOT), RestClasses.MAIN)
        .classPath(server.classPath())
        .arguments(List.of(server.argument()));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    for (GatewayProcess gateway : Arrays.asList(alone, withAgent)) {
      if (gateway != null) {
        gateway.close();
      }
    }
  }

  @BeforeEach
  void connect() {
    baseline = new HttpConnection(alone.port());
    cached = new HttpConnection(withAgent.port());
  }

  @AfterEach
  void disconnect() {
    baseline.close();
    cached.close();
  }

  /** What is stored, and answered as it was, in whichever way the resource made it. */
  static Stream<String> stored() {
    List<String> paths =
        new ArrayList<>(List.of("plain", "streaming", "mapped", "compressed", "tagged-fresh"));
    paths.addAll(List.of("empty", "moved", "sub/1/parts"));
    if (server.can(TO_SUSPEND)) {
      paths.add("suspended");
    }
    if (server.can(TO_COMPLETE)) {
      paths.add("stage");
    }
    return paths.stream();
  }

  @ParameterizedTest
  @MethodSource
  void stored(String path) throws IOException {
    String target = "/items/" + path + "/stored";
    Answer expected = baseline.get(target);

    Answer miss = cached.get(target);
    miss.assertSameAs(expected);
    if (!server.can(TO_CACHE)) {
      assertThat(miss.values("Cache-Status")).isEmpty();
      return;
    }
    String stored = "; .*; stored; ttl=\\d+";
    assertThat(miss.cacheStatus())
        .matches("Slipstream; fwd=uri-miss" + (server.isServlet() ? ".*" : stored));

    Answer hit = hit(target);
    hit.assertSameAs(expected);
    assertThat(hit.values("X-Run")).isEqualTo(miss.values("X-Run"));
    assertThat(hit.values("Age")).hasSize(1);
    assertThat(hit.values("Cache-Status")).hasSize(1);
  }

  /** An asynchronous answer is stored once the client has it: the next may come before. */
  private Answer hit(String target, String... fields) {
    Answer[] last = new Answer[1];
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              last[0] = cached.get(target, fields);
              return isHit(last[0]) || !server.can(TO_CACHE);
            });
    return last[0];
  }

  private static boolean isHit(Answer answer) {
    return answer.cacheStatus().startsWith("Slipstream; hit; ttl=");
  }

  private void assertHitWhereCached(Answer answer) {
    assertThat(isHit(answer)).as("a hit: %s", answer).isEqualTo(server.can(TO_CACHE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cookie", "unstored", "unmapped"})
  void notStored(String path) throws IOException {
    String target = "/items/" + path + "/refused";
    for (int run = 0; run < 2; run++) {
      Answer answer = cached.get(target);
      answer.assertSameAs(baseline.get(target));
      assertThat(isHit(answer)).isFalse();
      disconnect(); // some servers do after an exception, without saying so
      connect();
    }
  }

  @Test
  void notFound_withoutAResource() throws IOException {
    for (int run = 0; run < 2; run++) {
      cached.get("/nowhere").assertSameAs(baseline.get("/nowhere"));
    }
  }

  @Test
  void events_passBy() throws IOException {
    for (int run = 0; run < 2; run++) {
      Answer answer = cached.get("/items/events/1");
      assertThat(isHit(answer)).isFalse();
      if (server.can(TO_SEND_EVENTS)) {
        answer.assertSameAs(baseline.get("/items/events/1"));
        assertThat(answer.text()).contains("data: first of 1", "data: second of 1");
      }
    }
  }

  @Test
  void head_isAnsweredFromWhatGetHasStored() throws IOException {
    String target = "/items/plain/head";
    cached.get(target);
    hit(target);

    Answer head = cached.exchange("HEAD", target, List.of());
    Answer expected = baseline.exchange("HEAD", target, List.of());

    head.assertSameAs(expected);
    assertHitWhereCached(head);
    assertThat(cached.get(target).text()).as("the connection goes on").isEqualTo("item head");
  }

  @Test
  void condition_isAnsweredAsTheResourceDoes() throws IOException {
    for (String path : List.of("tagged-fresh", "evaluated-fresh")) {
      String target = "/items/" + path + "/condition";
      cached.get(target);
      hit(target);
      for (int run = 0; run < 3; run++) {
        for (String tag : List.of("\"of-condition\"", "\"other\"")) {
          Answer expected = baseline.get(target, "If-None-Match: " + tag);
          Answer answer = cached.get(target, "If-None-Match: " + tag);
          assertThat(answer.status()).as(path + tag).isEqualTo(expected.status());
          assertThat(answer.values("ETag")).isEqualTo(expected.values("ETag"));
          assertThat(answer.text()).isEqualTo(expected.text());
        }
      }
      assertHitWhereCached(cached.get(target, "If-None-Match: \"of-condition\""));
    }
  }

  @Test
  void range_isCutFromWhatIsStored() throws IOException {
    String target = "/items/tagged-fresh/range";
    cached.get(target);
    hit(target);

    Answer part = cached.get(target, "Range: bytes=0-3");
    if (server.can(TO_CACHE)) {
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.values("Content-Range")).containsExactly("bytes 0-3/10");
      assertThat(part.text()).isEqualTo("item");
    }
    assertThat(cached.get(target).text()).isEqualTo("item range");
  }

  @Test
  void negotiation_choosesBetweenStoredAnswers() throws IOException {
    String target = "/items/negotiated/several";
    for (int run = 0; run < 3; run++) {
      for (String type : List.of("text/plain", "application/json")) {
        cached.get(target, "Accept: " + type).assertSameAs(baseline.get(target, "Accept: " + type));
      }
    }
    assertHitWhereCached(hit(target, "Accept: text/plain"));
    assertHitWhereCached(hit(target, "Accept: application/json"));
  }

  @Test
  void language_thatTheResourceReads_choosesToo() throws IOException {
    String target = "/items/language/some";
    for (String language : List.of("de", "fr", "de")) {
      assertThat(cached.get(target, "Accept-Language: " + language).text())
          .isEqualTo("some in " + language);
    }
  }

  @Test
  void credentials_getTheirOwn() throws IOException {
    String target = "/items/authorised/secret";
    for (String who : List.of("Bearer alice", "Bearer bob", "Bearer alice")) {
      Answer answer = cached.get(target, "Authorization: " + who);
      assertThat(answer.text()).isEqualTo("secret for " + who);
      assertThat(isHit(answer)).isFalse();
    }
    assertThat(cached.get(target).text()).isEqualTo("secret for null");
  }

  @Test
  void principal_ofTheSecurityContext_getsItsOwn() throws IOException {
    String target = "/items/named/secret";
    for (String who : List.of("alice", "bob", "alice")) {
      Answer answer = cached.get(target, "X-Name: " + who);
      assertThat(answer.text()).isEqualTo("secret for " + who);
      assertThat(isHit(answer)).isFalse();
    }
    for (int run = 0; run < 2; run++) {
      assertThat(cached.get(target).text()).isEqualTo(baseline.get(target).text());
    }
    assertThat(cached.get(target, "X-Name: bob").text()).isEqualTo("secret for bob");
  }

  @Test
  void requestFilters_turnAwayBeforeAHit() throws IOException {
    String target = "/items/guarded/vault";
    cached.get(target, "X-Pass: letmein");
    assertHitWhereCached(hit(target, "X-Pass: letmein"));

    Answer refused = cached.get(target);
    refused.assertSameAs(baseline.get(target));
    assertThat(refused.status()).isEqualTo(401);
    assertHitWhereCached(hit(target, "X-Pass: letmein"));
  }

  @Test
  void responseFilters_runOnAHit() throws IOException {
    String target = "/items/filtered/several";
    Answer miss = cached.get(target);
    Answer hit = hit(target);

    assertHitWhereCached(hit);
    assertThat(hit.values("X-Answer")).hasSize(1).isNotEqualTo(miss.values("X-Answer"));
    for (String name : List.of("Access-Control-Allow-Origin", "Vary", "Cache-Control", "X-Own")) {
      assertThat(hit.values(name)).as(name).isNotEmpty().isEqualTo(miss.values(name));
    }
  }

  @Test
  void stale_isConfirmedByTheResource() throws IOException {
    String target = "/items/validated/tag";
    Answer first = cached.get(target);
    if (!server.can(TO_CACHE)) {
      return; // nothing is stored that could be confirmed
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              Answer second = cached.get(target);
              assertThat(second.cacheStatus()).startsWith("Slipstream; fwd=stale; fwd-status=304");
              assertThat(second.text()).isEqualTo(first.text());
              assertThat(second.values("ETag")).isEqualTo(first.values("ETag"));
              assertThat(second.values("X-Run")).hasSize(1);
            });
    Answer unchanged = cached.get(target, "If-None-Match: \"of-tag\"");
    assertThat(unchanged.status()).isEqualTo(304);
  }

  @Test
  void post_isKeptByItsBody_whereARuleSaysSo() throws IOException {
    for (String question : List.of("one", "two", "one")) {
      assertThat(post(question).text()).isEqualTo("found " + question);
    }
    if (server.can(TO_CACHE)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> isHit(post("two")));
      assertThat(post("two").text()).isEqualTo("found two");
    }
  }

  private Answer post(String question) throws IOException {
    byte[] content = question.getBytes(StandardCharsets.UTF_8);
    return cached.exchange(
        "POST",
        "/items/search",
        List.of("Content-Type: text/plain", "Content-Length: " + content.length),
        content);
  }

  @Test
  void put_makesWhatIsStoredInvalid() throws IOException {
    String target = "/items/plain/put";
    cached.get(target);
    List<String> before = hit(target).values("X-Run");

    Answer put =
        cached.exchange(
            "PUT",
            target,
            List.of("Content-Type: text/plain", "Content-Length: 1"),
            "x".getBytes(StandardCharsets.UTF_8));
    assertThat(put.status()).isEqualTo(204);
    assertThat(put.values("Cache-Status")).isEmpty();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !cached.get(target).values("X-Run").equals(before));
  }

  @Test
  void purge_dropsWhatIsStored() throws IOException {
    if (!server.can(TO_CACHE)) {
      return; // PURGE is the application's there
    }
    String target = "/items/plain/purged";
    cached.get(target);
    hit(target);

    assertThat(cached.exchange("PURGE", target, List.of("X-Purge-Token: wrong")).status())
        .isEqualTo(403);
    Answer purged = cached.exchange("PURGE", target, List.of("X-Purge-Token: " + PURGE_TOKEN));
    assertThat(purged.status()).isEqualTo(200);
    assertThat(purged.values("X-Purged-Entries")).doesNotContain("0");
    assertThat(isHit(cached.get(target))).isFalse();
  }

  @Test
  void tags_areKeptFromTheClient() throws IOException {
    assertThat(cached.get("/items/tagged/1").values("Surrogate-Key").isEmpty())
        .isEqualTo(server.can(TO_CACHE));
  }

  @Test
  void endpoints_areCalledByTheirTemplates() throws IOException, JMException {
    if (!server.can(TO_CACHE)) {
      return; // nobody counts there
    }
    try (ManagementClient management = ManagementClient.of(withAgent)) {
      long before = requests(management);
      int sent = 0;
      for (String target : List.of("/items/plain/name-a", "/items/plain/name-b")) {
        while (sent < 100 && !isHit(cached.get(target))) {
          sent++; // an asynchronous answer is stored once the client has it
        }
        sent++;
      }
      long expected = before + sent;
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(requests(management)).isEqualTo(expected));
      for (String bean : List.of("type=Endpoints", "type=HttpCache")) {
        assertThat(Stream.of(endpoints(management, bean)).map(one -> (String) one.get("endpoint")))
            .as(bean)
            .contains(PLAIN)
            .noneMatch(name -> name.contains("name-"));
      }
    }
  }

  private static CompositeData[] endpoints(ManagementClient management, String bean)
      throws IOException, JMException {
    return (CompositeData[]) management.get(bean, "Endpoints");
  }

  private static long requests(ManagementClient management) throws IOException, JMException {
    return Stream.of(endpoints(management, "type=Endpoints"))
        .filter(one -> one.get("endpoint").equals(PLAIN))
        .mapToLong(one -> (Long) one.get("requests"))
        .sum();
  }

  @Test
  void nothingOfOursFails() throws IOException, JMException {
    cached.get("/items/plain/last");
    try (ManagementClient management = ManagementClient.of(withAgent)) {
      assertThat(management.number("type=Agent", "Errors")).isZero();
    }
  }
}
