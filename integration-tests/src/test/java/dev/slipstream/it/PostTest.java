package dev.slipstream.it;

import static com.example.gateway.BodyReading.BLOCKS;
import static com.example.gateway.BodyReading.CHANGED_PARAMETERS;
import static com.example.gateway.BodyReading.FORWARDED;
import static com.example.gateway.BodyReading.FORWARDED_AFTER_PARAMETERS;
import static com.example.gateway.BodyReading.LISTENER;
import static com.example.gateway.BodyReading.LISTENER_FAILING;
import static com.example.gateway.BodyReading.LISTENER_ORDER;
import static com.example.gateway.BodyReading.NOTHING;
import static com.example.gateway.BodyReading.ONE_PARAMETER;
import static com.example.gateway.BodyReading.OTHER_THREAD;
import static com.example.gateway.BodyReading.PARAMETERS;
import static com.example.gateway.BodyReading.PARAMETERS_AS_ISO_8859_1;
import static com.example.gateway.BodyReading.PARAMETERS_AS_UTF_8;
import static com.example.gateway.BodyReading.PARAMETERS_THEN_STREAM;
import static com.example.gateway.BodyReading.PARTS;
import static com.example.gateway.BodyReading.READER;
import static com.example.gateway.BodyReading.READER_AS_UTF_8;
import static com.example.gateway.BodyReading.READER_LINES;
import static com.example.gateway.BodyReading.READER_THEN_PARAMETERS;
import static com.example.gateway.BodyReading.READER_THEN_STREAM;
import static com.example.gateway.BodyReading.SINGLE_BYTES;
import static com.example.gateway.BodyReading.STREAM;
import static com.example.gateway.BodyReading.STREAM_LINES;
import static com.example.gateway.BodyReading.STREAM_THEN_PARAMETERS;
import static com.example.gateway.BodyReading.STREAM_THEN_READER;
import static dev.slipstream.it.GatewayPairTest.assertHit;
import static dev.slipstream.it.GatewayPairTest.assertMiss;
import static dev.slipstream.it.GatewayPairTest.assertNoHit;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.BodyReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * POST by rule: the body is part of the key, and reaches the application as if the agent were not
 * there, in whichever way it is read.
 */
@ParameterizedClass
@EnumSource
final class PostTest {
  private static final int MAX_BODY = 64 * 1024;

  private static final String RULES =
      """
      rules:
        - name: bodies
          pattern: "/{jakarta,javax}{,/upper}/body/**"
          methods: [POST]
          cache_post: true
          ttl: 10m
          max_body: 1MB # of answers; the setting max_body bounds what is read of a request
      """;

  private static GatewayPair gateways;

  private HttpConnection baseline;
  private HttpConnection cached;

  PostTest(Container container) {}

  @BeforeParameterizedClassInvocation
  static void start(Container container) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "rules", "post"));
    Path rules = Files.writeString(folder.resolve("cache_rules.yaml"), RULES);
    gateways =
        GatewayPair.start(container, "cache_rules_config_file=" + rules, "max_body=" + MAX_BODY);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    if (gateways != null) {
      gateways.close();
    }
  }

  @BeforeEach
  void connect() {
    baseline = new HttpConnection(gateways.baseline().port());
    cached = new HttpConnection(gateways.cached().port());
  }

  @AfterEach
  void disconnect() {
    baseline.close();
    cached.close();
  }

  static Stream<String> contexts() {
    return gateways.container().contextPaths().stream();
  }

  private static Stream<Arguments> inEveryContext(Stream<Post> posts) {
    List<Post> all = posts.toList();
    return contexts()
        .flatMap(contextPath -> all.stream().map(post -> Arguments.of(contextPath, post)));
  }

  static Stream<Arguments> bodies() {
    Post post = Post.text(STREAM, "");
    Stream<Post> bodies =
        Stream.of(
            post.named("empty"),
            post.named("one byte").with(new byte[] {'x'}),
            post.named("all bytes").with(allBytes(256)).as("application/octet-stream"),
            post.named("no content type").with(allBytes(300)).as(null),
            post.named("lines").with(Post.bytes("one\ntwo\r\n\nthree, without an end")),
            post.named("nearly max_body").with(allBytes(MAX_BODY - 1)),
            post.named("max_body").with(allBytes(MAX_BODY)));
    return inEveryContext(bodies.flatMap(PostTest::inEveryReadingOfBytes));
  }

  static Stream<Arguments> largeBodies() {
    Post post = Post.text(STREAM, "");
    Stream<Post> bodies =
        Stream.of(
            post.named("over max_body").with(allBytes(MAX_BODY + 1)),
            post.named("two over max_body").with(allBytes(MAX_BODY + 2)),
            post.named("300 KB").with(allBytes(300 * 1024)));
    Stream<Post> texts =
        Stream.of(READER, READER_LINES)
            .map(
                reading ->
                    Post.text(reading, "Grüße an alle, zum Beispiel\n".repeat(8_000))
                        .named("large text"));
    return inEveryContext(Stream.concat(bodies.flatMap(PostTest::inEveryReadingOfBytes), texts));
  }

  private static Stream<Post> inEveryReadingOfBytes(Post post) {
    return Stream.of(STREAM, SINGLE_BYTES, BLOCKS, STREAM_LINES, OTHER_THREAD, LISTENER)
        .map(reading -> new Post(post.name(), reading, post.contentType(), "", post.body(), false))
        .flatMap(each -> Stream.of(each, each.inChunks().named(each.name() + " in chunks")));
  }

  private static byte[] allBytes(int length) {
    byte[] bytes = new byte[length];
    IntStream.range(0, length).forEach(i -> bytes[i] = (byte) (i + i / 256));
    return bytes;
  }

  static Stream<Arguments> texts() {
    byte[] utf8 = Post.bytes("Grüße, 日本語\nzweite Zeile");
    byte[] latin = "Grüße, señor\nzweite Zeile".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "Grüße, 日本語\nzweite Zeile".getBytes(StandardCharsets.UTF_16);
    Stream<Post> posts =
        Stream.of(READER, READER_LINES)
            .flatMap(
                reading -> {
                  Post post = Post.text(reading, "");
                  return Stream.of(
                      post.named("empty"),
                      post.named("utf-8").with(utf8),
                      post.named("utf-8 quoted").with(utf8).as("text/plain; charset=\"utf-8\""),
                      post.named("latin").with(latin).as("text/plain; charset=ISO-8859-1"),
                      post.named("utf-16").with(utf16).as("text/plain; charset=UTF-16"),
                      post.named("utf-8 unsaid").with(utf8).as("text/plain"),
                      post.named("latin unsaid").with(latin).as("text/plain"),
                      post.named("json").with(utf8).as("application/json"),
                      post.named("no content type").with(utf8).as(null),
                      post.named("in chunks").with(utf8).inChunks());
                });
    Stream<Post> encoded =
        Stream.of("text/plain", "text/plain;charset=utf-8", "text/plain; charset=ISO-8859-1", "")
            .map(
                type ->
                    Post.text(READER_AS_UTF_8, "")
                        .named("sent as " + type)
                        .with(utf8)
                        .as(type.isEmpty() ? null : type));
    Stream<Post> errors =
        Stream.of(STREAM_THEN_READER, READER_THEN_STREAM).map(reading -> Post.text(reading, "a"));
    return inEveryContext(Stream.of(posts, encoded, errors).flatMap(each -> each));
  }

  static Stream<Arguments> forms() {
    Stream<Post> posts =
        Stream.of(
                PARAMETERS,
                ONE_PARAMETER,
                PARAMETERS_AS_UTF_8,
                PARAMETERS_AS_ISO_8859_1,
                STREAM_THEN_PARAMETERS,
                READER_THEN_PARAMETERS,
                FORWARDED,
                FORWARDED_AFTER_PARAMETERS)
            .flatMap(PostTest::forms)
            // Some containers refuse a form that is not UTF-8 when told to take it for that.
            .filter(
                post -> post.reading() != PARAMETERS_AS_UTF_8 || !post.name().contains("latin"));
    Stream<Post> unparsed =
        Stream.of(STREAM, READER, LISTENER).map(reading -> Post.form(reading, "a=%C3%A9&b=2"));
    return inEveryContext(Stream.concat(posts, unparsed));
  }

  private static Stream<Post> forms(BodyReading reading) {
    Post post = Post.form(reading, "a=1&b=2");
    return Stream.of(
        post.named("simple"),
        post.named("in chunks").inChunks(),
        post.named("repeated").with(Post.bytes("a=1&b=2&a=3&a=1")),
        post.named("and query").withQuery("a=0&c=%C3%A9"),
        post.named("encoded").with(Post.bytes("a=%C3%A9+%2B%26%3D&%C3%A4=1")),
        post.named("encoded utf-8")
            .with(Post.bytes("a=%C3%A9+%2B%26%3D&%C3%A4=1"))
            .as(Post.FORM + ";charset=UTF-8"),
        post.named("encoded latin")
            .with(Post.bytes("a=%E9&%E4=1"))
            .as(Post.FORM + "; charset=ISO-8859-1"),
        post.named("raw utf-8").with(Post.bytes("a=é&ä=1")),
        post.named("raw utf-8 said").with(Post.bytes("a=é&ä=1")).as(Post.FORM + ";charset=utf-8"),
        post.named("no values").with(Post.bytes("a&b=&c")),
        post.named("upper case").as("APPLICATION/X-WWW-FORM-URLENCODED"),
        post.named("empty").with(new byte[0]),
        post.named("empty with query").with(new byte[0]).withQuery("a=0"));
  }

  static Stream<Arguments> oddForms() {
    Post post = Post.form(PARAMETERS, "");
    Stream<Post> posts =
        Stream.of(
            post.named("equals sign").with(Post.bytes("a=b=c")),
            post.named("semicolon").with(Post.bytes("a=1;b=2")),
            post.named("line end").with(Post.bytes("a=1&b=2\r\n")),
            post.named("other type").with(Post.bytes("a=1")).as(Post.FORM + "-extended"),
            Post.text(PARAMETERS, "a=1").named("no form").withQuery("a=0"),
            Post.form(CHANGED_PARAMETERS, "a=1"));
    return inEveryContext(posts);
  }

  static Stream<Arguments> brokenForms() {
    Post post = Post.form(PARAMETERS, "");
    Stream<Post> posts =
        Stream.of(
            post.named("empty pairs").with(Post.bytes("&&a=1&&b=2&")),
            post.named("no name").with(Post.bytes("=1&b=2")),
            post.named("broken escape").with(Post.bytes("a=%zz&b=2")),
            post.named("cut escape").with(Post.bytes("b=2&a=%4")),
            post.named("bad utf-8")
                .with(Post.bytes("a=%FF%FE&b=2"))
                .as(Post.FORM + ";charset=UTF-8"));
    return inEveryContext(posts);
  }

  static Stream<Arguments> largeForms() {
    byte[] form = Post.bytes("a=1&b=" + "x".repeat(MAX_BODY) + "&a=2");
    return inEveryContext(
        Stream.of(PARAMETERS, ONE_PARAMETER, PARAMETERS_AS_UTF_8, FORWARDED, STREAM, READER)
            .map(reading -> Post.form(reading, "").with(form).named("large"))
            .flatMap(
                post ->
                    Stream.of(
                        post,
                        post.named("large in chunks").inChunks(),
                        post.named("large with query").withQuery("a=0"))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({"bodies", "texts", "forms"})
  void bodyByRule_isSeenAsWithoutTheAgent_andAnswersOnce(String contextPath, Post post)
      throws IOException {
    Answer expected = fromBaseline(contextPath, post);
    assertThat(expected.status()).as("status of %s", expected).isEqualTo(200);

    Answer miss = fromCached(contextPath, post);
    miss.assertSameAs(expected);
    assertMiss(miss);

    Answer hit = fromCached(contextPath, post);
    hit.assertSameAs(expected);
    assertHit(hit);
    assertThat(hit.values("X-Run")).isEqualTo(miss.values("X-Run"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void oddForms(String contextPath, Post post) throws IOException {
    Answer expected = fromBaseline(contextPath, post);

    fromCached(contextPath, post).assertSameAs(expected);
    fromCached(contextPath, post).assertSameAs(expected);
  }

  /** Containers differ in what they make of these, to the point of refusing the request. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void brokenForms(String contextPath, Post post) throws IOException {
    for (int run = 1; run <= 2; run++) {
      Answer answer = fromCached(contextPath, post);
      assertThat(answer.status()).isIn(200, 400);
      if (answer.status() == 200) {
        assertThat(answer.text()).contains("b=[2]");
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({"largeBodies", "largeForms"})
  void bodyOverMaxBody_reachesTheApplicationWhole_andIsNotCached(String contextPath, Post post)
      throws IOException {
    Answer expected = fromBaseline(contextPath, post);

    for (int run = 1; run <= 2; run++) {
      Answer answer = fromCached(contextPath, post);
      answer.assertSameAs(expected);
      assertNoHit(answer);
      assertThat(answer.values("X-Run")).containsExactly(Integer.toString(run));
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void otherBody_isMissOfItsOwn(String contextPath) throws IOException {
    Post one = Post.text(STREAM, "one").named("other body");
    Post two = one.with(Post.bytes("two"));

    assertMiss(fromCached(contextPath, one));
    assertMiss(fromCached(contextPath, two));
    assertMiss(fromCached(contextPath, one.with(new byte[0])));
    for (Post post : List.of(one, two)) {
      Answer hit = fromCached(contextPath, post);
      assertHit(hit);
      assertThat(hit.body()).isEqualTo(post.body());
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void otherContentType_isMissOfItsOwn(String contextPath) throws IOException {
    Post post = Post.text(READER, "{}").named("other type");

    for (String type :
        List.of("text/plain", "application/json", "application/json;charset=UTF-8")) {
      assertMiss(fromCached(contextPath, post.as(type)));
    }
    assertMiss(fromCached(contextPath, post.as(null)));
    assertHit(fromCached(contextPath, post.as("application/json")));
    assertHit(fromCached(contextPath, post.as(null)));
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void framing_isNoPartOfTheKey(String contextPath) throws IOException {
    Post post = Post.text(STREAM, "the same").named("framing");

    assertMiss(fromCached(contextPath, post));
    Answer hit = fromCached(contextPath, post.inChunks());
    assertHit(hit);
    assertThat(hit.text()).isEqualTo("the same");
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void get_ofTheSameUrl_isNotAnsweredWithThePost(String contextPath) throws IOException {
    Post post = Post.text(STREAM, "posted").named("get");
    assertMiss(fromCached(contextPath, post));

    Answer expected = baseline.get(post.target(contextPath + "/body"));
    Answer get = cached.get(post.target(contextPath + "/body"));

    get.assertSameAs(expected);
    assertNoHit(get);
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void parametersThenStream_parametersAreThere(String contextPath) throws IOException {
    // What the stream has after the parameters is left open by the specification.
    Post post = Post.form(PARAMETERS_THEN_STREAM, "a=1&b=2");

    assertThat(fromBaseline(contextPath, post).text()).startsWith("{a=[1], b=[2], form=[]} then ");
    assertThat(fromCached(contextPath, post).text()).startsWith("{a=[1], b=[2], form=[]} then ");
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void listener_isCalledOnceServiceHasReturned(String contextPath) throws IOException {
    for (Post post :
        List.of(
            Post.text(LISTENER_ORDER, "in order"),
            Post.text(LISTENER_ORDER, "x".repeat(MAX_BODY + 1)).named("large"))) {
      Answer expected = fromBaseline(contextPath, post);
      assertThat(expected.values("X-Order")).containsExactly("called in time");

      fromCached(contextPath, post).assertSameAs(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void filterWrappingTheResponse_leavesTheBody(String contextPath) throws IOException {
    for (BodyReading reading : List.of(STREAM, OTHER_THREAD, LISTENER, PARAMETERS)) {
      Post post = Post.form(reading, "a=behind&b=filter").named("filtered");
      String target = post.target(contextPath + "/upper/body");
      Answer expected = baseline.exchange("POST", target, post.fields(), post.content());

      for (int time = 0; time < 2; time++) {
        cached.exchange("POST", target, post.fields(), post.content()).assertSameAs(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void failingListener_isToldItsError(String contextPath) throws IOException {
    // Not compared: Tomcat 9 alone closes the connection without an answer.
    Answer answer = fromCached(contextPath, Post.text(LISTENER_FAILING, "a"));

    assertThat(answer.text()).contains("a listener of the application failed");
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void unknownCharset_failsNoMoreThanWithoutTheAgent(String contextPath) throws IOException {
    for (Post post :
        List.of(
            Post.text(READER, "a").as("text/plain;charset=none"),
            Post.form(PARAMETERS, "a=1").as(Post.FORM + ";charset=none"))) {
      int expected = fromBaseline(contextPath, post).status();

      int status = fromCached(contextPath, post.named("unknown charset")).status();

      assertThat(status).as("status of %s", post).isLessThanOrEqualTo(expected);
      baseline.close(); // a server that has failed may end the connection without a word
      cached.close();
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void bodyNotRead_leavesTheConnectionInOrder(String contextPath) throws IOException {
    for (Post post :
        List.of(
            Post.text(NOTHING, "not read").named("short"),
            Post.text(NOTHING, "not read").named("chunked").inChunks())) {
      assertMiss(fromCached(contextPath, post));
      assertHit(fromCached(contextPath, post));
      assertThat(fromCached(contextPath, Post.text(STREAM, "after").named(post.name())).text())
          .isEqualTo("after");
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void multipart_passesByWithItsParts(String contextPath) throws IOException {
    String body =
        """
        --limit
        Content-Disposition: form-data; name="field"

        Grüße
        --limit
        Content-Disposition: form-data; name="file"; filename="a.txt"
        Content-Type: text/plain

        content of a file
        --limit--
        """
            .replace("\n", "\r\n");
    for (String type : List.of("multipart/form-data", "Multipart/Form-Data")) {
      Post post = Post.text(PARTS, body).named("parts " + type).as(type + "; boundary=limit");
      Answer expected = fromBaseline(contextPath, post);
      assertThat(expected.text()).contains("file a.txt 17 ");

      for (int run = 1; run <= 2; run++) {
        Answer answer = fromCached(contextPath, post);
        answer.assertSameAs(expected);
        assertNoHit(answer);
        assertThat(answer.values("X-Run")).containsExactly(Integer.toString(run));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void withoutRule_passesBy(String contextPath) throws IOException {
    for (Post post :
        List.of(
            Post.text(STREAM, "no rule"), Post.form(PARAMETERS, "a=1"), Post.text(READER, "é"))) {
      String target = post.target(contextPath + "/unruled");
      for (int run = 1; run <= 2; run++) {
        Answer expected = baseline.exchange("POST", target, post.fields(), post.content());
        Answer answer = cached.exchange("POST", target, post.fields(), post.content());
        answer.assertSameAs(expected);
        assertNoHit(answer);
        assertThat(answer.values("X-Run")).containsExactly(Integer.toString(run));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void credentials_passBy(String contextPath) throws IOException {
    Post post = Post.text(STREAM, "mine").named("credentials");
    String target = post.target(contextPath + "/body");

    for (int run = 1; run <= 2; run++) {
      Answer answer =
          cached.exchange("POST", target, post.fields("Authorization: Basic YTph"), post.content());
      assertNoHit(answer);
      assertThat(answer.text()).isEqualTo("mine");
      assertThat(answer.values("X-Run")).containsExactly(Integer.toString(run));
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void expectContinue_isAskedForTheBody(String contextPath) throws IOException {
    for (Post post :
        List.of(
            Post.text(STREAM, "when asked").named("continue"),
            Post.text(STREAM, "when asked").named("continue in chunks").inChunks(),
            Post.text(LISTENER, "when asked").named("continue"),
            Post.form(PARAMETERS, "a=asked").named("continue"))) {
      String target = post.target(contextPath + "/body");
      List<String> fields = post.fields("Expect: 100-continue");
      Answer expected = baseline.exchangeOnContinue("POST", target, fields, post.content());

      Answer miss = cached.exchangeOnContinue("POST", target, fields, post.content());
      miss.assertSameAs(expected);
      assertMiss(miss);
      Answer hit = cached.exchangeOnContinue("POST", target, fields, post.content());
      hit.assertSameAs(expected);
      assertHit(hit);
    }
  }

  private Answer fromBaseline(String contextPath, Post post) throws IOException {
    return baseline.exchange(
        "POST", post.target(contextPath + "/body"), post.fields(), post.content());
  }

  private Answer fromCached(String contextPath, Post post) throws IOException {
    return cached.exchange(
        "POST", post.target(contextPath + "/body"), post.fields(), post.content());
  }
}
