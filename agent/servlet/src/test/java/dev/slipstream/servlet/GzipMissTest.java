package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.servlet.GzipAnswers.Coding;
import dev.slipstream.servlet.GzipAnswers.Way;
import dev.slipstream.servlet.TriedServlet.Application;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A miss in gzip, on real containers: decoded, it is what the application alone answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GzipMissTest {
  private static final String RULES =
      """
      rules:
        - {name: plain, pattern: "/woven/untagged", ttl: 1h}
        - {name: entry, pattern: "/entered/**", ttl: 1h, gzip: true, serve_at: entry}
        - {name: gzip, pattern: "/**", ttl: 1h, gzip: true}
      """;

  private static final int CUT_OFF = -1;
  private static final Map<String, Way> WAYS = new GzipAnswers().all();

  private final Map<WovenContainer.Kind, WovenContainer> containers =
      new EnumMap<>(WovenContainer.Kind.class);
  private final TestGateway gateway = new TestGateway();
  private final WriterHabits habits = new WriterHabits();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What a client has got; of an answer that was cut off, that it was. */
  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  private record Received(int status, Map<String, List<String>> fields, byte[] bytes) {
    boolean isGzip() {
      return fields.getOrDefault("Content-Encoding", List.of()).contains("gzip");
    }

    String first(String name) {
      return fields.getOrDefault(name, List.of("")).get(0);
    }

    String text() throws IOException {
      if (!isGzip()) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
      }
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }

    /** Less what differs between any two answers, and what says that this one is in gzip. */
    Map<String, List<String>> comparable() {
      Map<String, List<String>> comparable = new TreeMap<>(fields);
      for (String name :
          List.of(
              "Age",
              "Cache-Status",
              "Connection",
              "Content-Encoding",
              "Content-Length",
              "Date",
              "Keep-Alive",
              "Set-Cookie",
              "Transfer-Encoding",
              "Vary")) {
        comparable.keySet().removeIf(name::equalsIgnoreCase);
      }
      comparable.replaceAll((name, values) -> values.stream().map(Received::strong).toList());
      return comparable;
    }

    private static String strong(String value) {
      return (value.startsWith("W/") ? value.substring(2) : value).replace("; charset", ";charset");
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway.engine.httpCache().useRules(RulesFile.parse("rules", RULES).rules());
    gateway.advanceSeconds(2); // until answers are given at the entry
    Map<String, Application> answers = new LinkedHashMap<>();
    answers.put("too-little", GzipAnswers.tooLittle());
    answers.put("conditional", GzipAnswers.conditional());
    answers.put("failure-too-late", GzipAnswers.failureTooLate());
    answers.put("untagged", GzipAnswers.untagged());
    answers.putAll(habits.all());
    WAYS.forEach((name, way) -> answers.put(name, way.application()));
    for (WovenContainer.Kind kind : WovenContainer.Kind.values()) {
      containers.put(
          kind, WovenContainer.start(kind, folder.resolve(kind.name()), gateway.servlets, answers));
    }
  }

  @AfterAll
  void stop() throws IOException {
    for (WovenContainer container : containers.values()) {
      container.close();
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(WovenContainer.Kind.values())
        .flatMap(kind -> WAYS.values().stream().map(way -> Arguments.of(kind, way)));
  }

  private Received get(WovenContainer.Kind kind, String path, String... fields)
      throws InterruptedException, TimeoutException {
    URI uri = URI.create("http://127.0.0.1:" + containers.get(kind).port + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals("METHOD")) {
        request.method(fields[i + 1], HttpRequest.BodyPublishers.noBody());
      } else {
        request.header(fields[i], fields[i + 1]);
      }
    }
    try {
      HttpResponse<byte[]> response =
          client
              .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
              .get(10, TimeUnit.SECONDS);
      Map<String, List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      received.putAll(response.headers().map());
      return new Received(response.statusCode(), received, response.body());
    } catch (ExecutionException e) {
      return new Received(CUT_OFF, Map.of(), new byte[0]); // cut off
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void answer_isThatOfTheApplicationAlone(WovenContainer.Kind kind, Way way) throws Exception {
    String gzip = "Accept-Encoding";
    Received alone = get(kind, "/alone/" + way.name());
    Received miss = get(kind, "/woven/" + way.name(), gzip, "gzip");

    boolean ours = kind != WovenContainer.Kind.COMPRESSING_TOMCAT || alone.status() != 200;
    if (ours && way.coding() != Coding.EITHER) {
      assertThat(miss.isGzip())
          .as("in gzip, %d %s", miss.status(), miss.fields())
          .isEqualTo(isExpected(kind, way));
    }
    assertSame(miss, alone);
    Received again = get(kind, "/woven/" + way.name(), gzip, "gzip");
    assertSame(again, alone);
    assertSame(get(kind, "/woven/" + way.name()), alone);
    if (way.coding() != Coding.PLAIN) {
      assertThat(miss.first("Vary")).isEqualToIgnoringCase("Accept-Encoding");
      assertThat(again.first("Cache-Status")).containsPattern("hit|collapsed");
      assertThat(again.isGzip()).isTrue();
    }
  }

  /** With a filter that wraps the response between the two. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void answerAtTheEntry_isThatOfTheApplicationAlone(WovenContainer.Kind kind, Way way)
      throws Exception {
    String path = "/entered/" + way.name();
    Received alone = get(kind, "/alone/" + way.name());
    assertSame(get(kind, path, "Accept-Encoding", "gzip"), alone);
    awaitEnds();
    for (String codings : List.of("gzip", "identity")) {
      int before = containers.get(kind).passed.get();
      Received again = get(kind, path, "Accept-Encoding", codings);
      assertSame(again, alone);
      boolean hit = again.first("Cache-Status").contains("; hit");
      assertThat(hit || way.coding() == Coding.PLAIN).isTrue();
      assertThat(containers.get(kind).passed.get()).isEqualTo(hit ? before : before + 1);
      awaitEnds();
    }
  }

  static Stream<Arguments> habits() {
    return Stream.of(WovenContainer.Kind.values())
        .flatMap(
            kind ->
                new WriterHabits().all().keySet().stream().map(name -> Arguments.of(kind, name)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("habits")
  void writer_behavesAsTheContainersOwn(WovenContainer.Kind kind, String name) throws Exception {
    String query = name + "?" + kind;
    Received alone = get(kind, "/alone/" + query);
    List<String> seen = seen("/alone/" + query);
    for (String codings : List.of("gzip", "identity")) {
      String path = "/woven/" + query + codings;
      assertSame(get(kind, path, "Accept-Encoding", codings), alone);
      assertThat(seen(path)).isEqualTo(seen);
      assertSame(get(kind, path, "Accept-Encoding", codings), alone); // what was stored, if it was
      awaitEnds();
    }
  }

  /** An application that closes its writer ends after its client has the answer. */
  private List<String> seen(String asked) {
    List<String> seen = soon().until(() -> habits.seen.get(asked), Objects::nonNull);
    awaitEnds();
    return seen;
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  private void awaitEnds() {
    soon()
        .until(() -> gateway.engine.admission().guards().stream().noneMatch(g -> g.inFlight() > 0));
  }

  @ParameterizedTest
  @MethodSource("plainContainers")
  void closedWriter_countsAsAnAnswer(WovenContainer.Kind kind) throws Exception {
    awaitEnds();
    for (int windows = 0; windows < 3; windows++) {
      gateway.engine.admission().tick(System.nanoTime());
    }
    assertThat(answersPerSecond()).isZero();

    assertThat(get(kind, "/woven/closed-writer?counted", "Accept-Encoding", "gzip").status())
        .isEqualTo(200);
    awaitEnds();
    gateway.engine.admission().tick(System.nanoTime());

    assertThat(answersPerSecond()).isPositive();
  }

  private double answersPerSecond() {
    return gateway.engine.admission().guards().stream()
        .mapToDouble(guard -> guard.signals().throughputPerSecond())
        .sum();
  }

  /** Tomcat compresses it when it commits, and so it does what is stored: without the coding. */
  @Test
  void hitOfWhatTheContainerCompresses_isInTheCodingItStates() throws Exception {
    WovenContainer.Kind kind = WovenContainer.Kind.COMPRESSING_TOMCAT;
    Received alone = get(kind, "/alone/untagged");
    Received miss = get(kind, "/woven/untagged", "Accept-Encoding", "gzip");
    awaitEnds();
    Received hit = get(kind, "/woven/untagged", "Accept-Encoding", "gzip");

    assertThat(miss.isGzip()).isTrue();
    assertSame(miss, alone);
    assertThat(hit.first("Cache-Status")).contains("hit");
    assertThat(hit.isGzip()).isTrue();
    assertSame(hit, alone);
  }

  private static boolean isExpected(WovenContainer.Kind kind, Way way) {
    return way.coding() == Coding.GZIP
        || (way.coding() == Coding.GZIP_WHERE_KNOWN && kind != WovenContainer.Kind.UNDERTOW);
  }

  private static String text(Received answer) {
    try {
      return answer.text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(Received answer, Received alone) throws IOException {
    assertThat(answer.status()).isEqualTo(alone.status());
    assertThat(answer.comparable()).isEqualTo(alone.comparable());
    if (answer.status() == 500 && !answer.isGzip()) {
      return; // a container's page tells of the stack
    }
    String text = answer.text().replaceAll("/(woven|entered)/", "/alone/");
    assertThat(text.equals(alone.text()))
        .as(
            () ->
                String.format(
                    Locale.ROOT,
                    "the body is that of %d characters, and not: %.300s",
                    text(alone).length(),
                    text))
        .isTrue();
  }

  private static Stream<WovenContainer.Kind> plainContainers() {
    return Stream.of(WovenContainer.Kind.values())
        .filter(kind -> kind != WovenContainer.Kind.COMPRESSING_TOMCAT);
  }

  @ParameterizedTest
  @MethodSource("plainContainers")
  void shortAnswer_statesItsLengthInGzip(WovenContainer.Kind kind) throws Exception {
    Received miss = get(kind, "/woven/short?length", "Accept-Encoding", "gzip");

    assertThat(miss.first("Content-Length")).isEqualTo("" + miss.bytes().length);
    assertThat(miss.bytes().length).isLessThan(1000);
    assertThat(miss.first("ETag")).isEqualTo("W/\"1\"");
  }

  @ParameterizedTest
  @MethodSource("plainContainers")
  void weakTag_isNotModified(WovenContainer.Kind kind) throws Exception {
    Received miss = get(kind, "/woven/long?tag", "Accept-Encoding", "gzip");
    Received again =
        get(
            kind,
            "/woven/long?tag",
            "Accept-Encoding",
            "gzip",
            "If-None-Match",
            miss.first("ETag"));

    assertThat(miss.first("ETag")).isEqualTo("W/\"1\"");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.first("Vary")).isEqualTo("Accept-Encoding");
  }

  @ParameterizedTest
  @MethodSource("plainContainers")
  void headAndConditions_haveTheSameVary(WovenContainer.Kind kind) throws Exception {
    String gzip = "Accept-Encoding";
    for (int i = 0; i < 2; i++) {
      Received head = get(kind, "/woven/long?head", "METHOD", "HEAD", gzip, "gzip");
      Received same = get(kind, "/woven/conditional", "If-None-Match", "\"1\"", gzip, "gzip");

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.first("Vary")).isEqualTo("Accept-Encoding");
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.first("Vary")).isEqualTo("Accept-Encoding");
      get(kind, "/woven/long?head"); // and once more, from the cache
      get(kind, "/woven/conditional");
    }
  }

  @ParameterizedTest
  @MethodSource("plainContainers")
  void otherClients_getTheBytesAsMade(WovenContainer.Kind kind) throws Exception {
    Received alone = get(kind, "/alone/long");
    for (String codings : List.of("br", "gzip;q=0", "identity")) {
      Received miss = get(kind, "/woven/long?" + codings, "Accept-Encoding", codings);
      assertThat(miss.bytes()).as(codings).isEqualTo(alone.bytes());
      assertThat(miss.first("Vary")).isEqualTo("Accept-Encoding");
      assertThat(miss.first("ETag")).isEqualTo("\"1\"");
    }
    Received part = get(kind, "/woven/long?part", "Accept-Encoding", "gzip", "Range", "bytes=0-9");
    assertThat(part.bytes()).isEqualTo(alone.bytes());
  }

  @ParameterizedTest
  @MethodSource("plainContainers")
  void responseOfAFilter_isLeftAsItIs(WovenContainer.Kind kind) throws Exception {
    Received miss = get(kind, "/wrapped/long", "Accept-Encoding", "gzip");

    assertThat(miss.isGzip()).isFalse();
    assertThat(miss.bytes()).isEqualTo(GzipAnswers.body(200_000));
  }

  /**
   * Without us, clients notice by the length; some containers end what fails as if it were whole.
   */
  @ParameterizedTest
  @MethodSource("cutOff")
  void halfAnAnswer_cannotBeTakenForAWholeOne(WovenContainer.Kind kind, String name)
      throws Exception {
    for (int i = 0; i < 2; i++) {
      Received half = get(kind, "/woven/" + name + "?" + i, "Accept-Encoding", "gzip");

      if (half.status() != CUT_OFF) {
        assertThat(half.isGzip()).isTrue();
        assertThatThrownBy(half::text).isInstanceOf(EOFException.class);
      }
    }
  }

  static Stream<Arguments> cutOff() {
    return plainContainers()
        .flatMap(
            kind ->
                Stream.of("too-little", "failure-too-late").map(name -> Arguments.of(kind, name)));
  }
}
