package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unsafe requests make stored answers invalid (RFC 9111 §4.4). */
class HttpCacheUnsafeTest {
  private static final String[] MINUTE = {"Cache-Control", "max-age=60"};

  private final TestGateway gateway = new TestGateway();

  private void changed(String method, String target, int status) {
    gateway.cache.unsafe(TestRequest.of(method, target)).answered(status, null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "PROPPATCH", "WHATEVER", "get"})
  void unsafe_dropsTheUrl(String method) {
    gateway.answer(TestRequest.get("/a"), "one", MINUTE);

    changed(method, "/a", 200);

    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "SEARCH", "QUERY"})
  void unsafe_safeMethods_areNot(String method) {
    assertThat(gateway.cache.unsafe(TestRequest.of(method, "/a"))).isNull();
  }

  @Test
  void priority_ofTheMethodsOwnRule_elseOfThatForGet() {
    TestGateway ruled =
        new TestGateway().withRule("pattern: /pay, mode: pass, methods: [PUT], priority: critical");
    assertThat(ruled.cache.priority(TestRequest.of("PUT", "/pay"))).isEqualTo(Priority.CRITICAL);
    assertThat(ruled.cache.priority(TestRequest.get("/pay"))).isEqualTo(Priority.DEFAULT);
    ruled.withRule("pattern: /pay, mode: pass, priority: sheddable");
    assertThat(ruled.cache.priority(TestRequest.of("PUT", "/pay"))).isEqualTo(Priority.SHEDDABLE);
  }

  @Test
  void unsafe_postThatIsCachedByItsBody_isNot() {
    assertThat(gateway.cache.unsafe(TestRequest.of("POST", "/a").bodyHash("01"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "200, true",
    "201, true",
    "204, true",
    "299, true",
    "302, true",
    "303, true",
    "399, true",
    "0, false",
    "100, false",
    "199, false",
    "400, false",
    "404, false",
    "412, false",
    "500, false",
    "503, false",
  })
  void answered_onlyASuccessChangesSomething(int status, boolean dropped) {
    gateway.answer(TestRequest.get("/a"), "one", MINUTE);

    changed("POST", "/a", status);

    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo(dropped ? "fetch" : "one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b", "/a/", "/a/b", "/A", "/a?x=1", "/a?"})
  void answered_otherUrls_stay(String target) {
    gateway.answer(TestRequest.get(target), "one", MINUTE);

    changed("POST", "/a", 200);

    assertThat(gateway.outcome(TestRequest.get(target))).isEqualTo("one");
  }

  @Test
  void answered_otherOrigin_stays() {
    TestRequest other = TestRequest.get("/a").at("https", "other.example.org", 443);
    gateway.answer(other, "one", MINUTE);

    changed("POST", "/a", 200);

    assertThat(gateway.outcome(other)).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "/list/7                              | true",
        "' /list/7 '                          | true",
        "7                                    | true",
        "./7                                  | true",
        "../list/7                            | true",
        "https://api.example.org/list/7       | true",
        "https://API.example.ORG:443/list/7   | true",
        "HTTPS://api.example.org/list/7       | true",
        "//api.example.org/list/7             | true",
        "/list/7#part                         | true",
        "http://api.example.org/list/7        | false",
        "https://api.example.org:8443/list/7  | false",
        "https://other.example.org/list/7     | false",
        "//other.example.org/list/7           | false",
        "/list/7?x                            | false",
        "/list/8                              | false",
        "''                                   | false",
        "mailto:x@example.org                 | false",
        "https:///list/7                      | false",
        "http://[broken                       | false",
        "/list/%                              | false",
        "/a b                                 | false",
      })
  void answered_urlsThatTheAnswerNames_ofTheSameOrigin(String reference, boolean dropped) {
    String expected = dropped ? "fetch" : "one";
    for (boolean location : new boolean[] {true, false}) {
      gateway.answer(TestRequest.get("/list/7"), "one", MINUTE);
      gateway.clock.advanceSeconds(1);

      gateway
          .cache
          .unsafe(TestRequest.of("POST", "/list/new"))
          .answered(201, location ? reference : null, location ? null : reference);
      gateway.clock.advanceSeconds(1);

      assertThat(gateway.outcome(TestRequest.get("/list/7"))).isEqualTo(expected);
      gateway.flush();
    }
  }

  @Test
  void answered_error_dropsNothingThatItNames() {
    gateway.answer(TestRequest.get("/b"), "one", MINUTE);

    gateway.cache.unsafe(TestRequest.of("POST", "/a")).answered(404, "/b", "/b");

    assertThat(gateway.outcome(TestRequest.get("/b"))).isEqualTo("one");
  }

  /** What was made before the change is not stored after it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Accept"})
  void answered_whileAnAnswerIsMade_thatIsNotStored(String vary) {
    TestRequest request = TestRequest.get("/a");
    Fill underWay = gateway.fill(request);
    gateway.clock.advanceSeconds(1);
    changed("POST", "/a", 200);
    gateway.clock.advanceSeconds(1);

    TestGateway.complete(underWay, 200, "before", "Cache-Control", "max-age=60", "Vary", vary);

    assertThat(gateway.outcome(request)).isEqualTo("fetch");
    assertThat(gateway.refusals(Refusal.INVALIDATED)).isEqualTo(1);
    gateway.answer(request, "after", MINUTE);
    assertThat(gateway.outcome(request)).isEqualTo("after");
  }

  @Test
  void answered_inTheSameMillisecond_theAnswerUnderWayIsNotStored() {
    TestRequest request = TestRequest.get("/a");
    Fill underWay = gateway.fill(request);
    changed("POST", "/a", 200);

    TestGateway.complete(underWay, 200, "before", MINUTE);

    assertThat(gateway.outcome(request)).isEqualTo("fetch");
  }

  @Test
  void answered_variants_vanishWithTheirIndex() {
    TestRequest german = TestRequest.get("/a").field("Accept-Language", "de");
    TestRequest french = TestRequest.get("/a").field("Accept-Language", "fr");
    String[] varying = {"Cache-Control", "max-age=600", "Vary", "Accept-Language"};
    gateway.answer(german, "de", varying);
    gateway.answer(french, "fr", varying);
    gateway.clock.advanceSeconds(1);

    changed("PUT", "/a", 204);
    gateway.clock.advanceSeconds(1);

    assertThat(gateway.outcome(german)).isEqualTo("fetch");
    gateway.answer(french, "new", varying); // brings the index back, but not the other variant
    assertThat(gateway.outcome(french)).isEqualTo("new");
    assertThat(gateway.outcome(german)).isEqualTo("fetch");
    gateway.clock.advanceSeconds(300); // longer than a change is remembered
    assertThat(gateway.outcome(french)).isEqualTo("new");
    assertThat(gateway.outcome(german)).isEqualTo("fetch");
  }

  @Test
  void answered_underARule_dropsTheAnswersOfAllIdentities() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 60s, cache_authenticated: true");
    TestRequest own = TestRequest.get("/a").field("Authorization", "x");
    ruled.answer(own, "own");
    ruled.answer(TestRequest.get("/a"), "all");
    ruled.answer(TestRequest.get("/a?x"), "other");

    changed("POST", "/a", 200);

    assertThat(ruled.outcome(own)).isEqualTo("fetch");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
    assertThat(ruled.outcome(TestRequest.get("/a?x"))).isEqualTo("other");
  }

  @Test
  void answered_underARuleWithVaryHeaders_dropsThemAll() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 60s, vary_headers: [Accept]");
    TestRequest json = TestRequest.get("/a").field("Accept", "json");
    ruled.answer(json, "json");
    ruled.answer(TestRequest.get("/a"), "any");

    changed("POST", "/a", 200);

    assertThat(ruled.outcome(json)).isEqualTo("fetch");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
  }

  @Test
  void answered_underARuleThatIgnoresCredentials_dropsTheOneAnswer() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 60s, ignore_credentials: true");
    ruled.answer(TestRequest.get("/a").session("s"), "all");

    changed("POST", "/a", 200);

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
  }

  /** A pattern of the key is taken literally, whatever the URL has in it. */
  @Test
  void answered_urlWithPatternCharacters_dropsNoOther() {
    TestGateway ruled = gateway.withRule("pattern: '/**', ttl: 60s, cache_authenticated: true");
    TestRequest own = TestRequest.get("/abc").field("Authorization", "x");
    ruled.answer(own, "own");

    changed("POST", "/a*", 200);
    changed("POST", "/a??", 200);
    changed("POST", "/[a]bc", 200);

    assertThat(ruled.outcome(own)).isEqualTo("own");
  }

  @Test
  void answered_rulesThatItInvalidates_onlyOnceItHasSucceeded() {
    TestGateway ruled =
        gateway.withRule("pattern: '/users/**', ttl: 60s, invalidate_on: ['POST /import']");
    ruled.answer(TestRequest.get("/users/1"), "one");
    UnsafeRequest request = ruled.cache.unsafe(TestRequest.of("POST", "/import"));

    request.answered(500, null, null);
    assertThat(ruled.outcome(TestRequest.get("/users/1"))).isEqualTo("one");
    request.answered(200, null, null);
    assertThat(ruled.outcome(TestRequest.get("/users/1"))).isEqualTo("fetch");
  }

  @Test
  void answered_ambiguousPath_dropsItsOwnUrl() {
    TestRequest sly = TestRequest.get("/a/..;/b");
    gateway.answer(sly, "one", MINUTE);

    gateway.cache.unsafe(TestRequest.of("POST", "/a/..;/b")).answered(200, null, null);

    assertThat(gateway.outcome(sly)).isEqualTo("fetch");
  }
}
