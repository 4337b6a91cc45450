package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RuleSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCacheTest {
  private final TestGateway gateway = new TestGateway();

  @Test
  void decide_missThenHitThenExpiry() {
    TestRequest request = TestRequest.get("/a?b=1");
    assertThat(gateway.fetch(request).why()).isEqualTo(Forward.URI_MISS);
    gateway.answer(request, "one", "Cache-Control", "max-age=60");

    gateway.clock.advanceSeconds(59);
    Decision.Serve hit = gateway.serve(request);
    assertThat(TestGateway.body(hit)).isEqualTo("one");
    assertThat(hit.ageSeconds()).isEqualTo(59);
    assertThat(hit.ttlSeconds()).isEqualTo(1);

    gateway.clock.advanceSeconds(1);
    assertThat(gateway.outcome(request)).isEqualTo("fetch");
    gateway.answer(request, "two", "Cache-Control", "max-age=60");
    assertThat(gateway.outcome(request)).isEqualTo("two");
  }

  @Test
  void decide_otherUrl_isAMiss() {
    gateway.answer(TestRequest.get("/a?b=1"), "one", "Cache-Control", "max-age=60");

    assertThat(gateway.outcome(TestRequest.get("/a?b=2"))).isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/A?b=1"))).isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/a?b=1").at("http", "api.example.org", 80)))
        .isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/a?b=1").at("https", "other.example.org", 443)))
        .isEqualTo("fetch");
  }

  @Test
  void decide_head_isAnsweredFromGetAndNeverStored() {
    TestRequest head = TestRequest.of("HEAD", "/a");
    assertThat(gateway.fetch(head).store()).isFalse();
    gateway.answer(TestRequest.get("/a"), "one", "Cache-Control", "max-age=60");

    assertThat(TestGateway.body(gateway.serve(head))).isEqualTo("one");
  }

  @Test
  void decide_ageOfTheAnswer_shortensItsLife() {
    TestRequest request = TestRequest.get("/a");
    gateway.answer(request, "one", "Cache-Control", "max-age=60", "Age", "20");

    gateway.clock.advanceSeconds(39);
    assertThat(gateway.serve(request).ageSeconds()).isEqualTo(59);
    gateway.clock.advanceSeconds(1);
    assertThat(gateway.outcome(request)).isEqualTo("fetch");
  }

  @Test
  void decide_ageOfTheAnswer_growsWhileItIsMade() {
    TestRequest request = TestRequest.get("/a");
    Fill fill = gateway.fill(request);
    gateway.clock.advanceSeconds(5);
    TestGateway.complete(fill, 200, "one", "Cache-Control", "max-age=60", "Age", "20");

    assertThat(gateway.serve(request).ageSeconds()).isEqualTo(25);
  }

  @Test
  void fill_answerOlderThanItsLife_isNotStored() {
    gateway.answer(TestRequest.get("/a"), "one", "Cache-Control", "max-age=60", "Age", "60");

    assertThat(gateway.refusals(Refusal.NOT_FRESH)).isEqualTo(1);
    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
  }

  @Test
  void decide_rule_givesTheLifeThatTheAnswerLacks() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s");
    ruled.answer(TestRequest.get("/a"), "one");
    ruled.answer(TestRequest.get("/b"), "one");

    assertThat(ruled.serve(TestRequest.get("/a")).ttlSeconds()).isEqualTo(10);
    assertThat(ruled.outcome(TestRequest.get("/b"))).isEqualTo("fetch");
    ruled.clock.advanceSeconds(10);
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
  }

  @Test
  void decide_ambiguousPath_hasNoRule() {
    TestGateway ruled = gateway.withRule("pattern: '/static/**', ttl: 10s");
    TestRequest sly = TestRequest.get("/static/..;/account");
    ruled.answer(sly, "account");

    assertThat(ruled.outcome(sly)).isEqualTo("fetch");
    assertThat(ruled.refusals(Refusal.NOT_FRESH)).isEqualTo(1);
  }

  @Test
  void decide_disabledRule_isNone() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, enabled: false");
    ruled.answer(TestRequest.get("/a"), "one");

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
  }

  @Test
  void decide_ignoredQuery_isNotInTheKey() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, ignore_query: ['utm_*']");
    ruled.answer(TestRequest.get("/a?b=1&utm_source=x"), "one");

    assertThat(ruled.outcome(TestRequest.get("/a?utm_medium=y&b=1"))).isEqualTo("one");
    assertThat(ruled.outcome(TestRequest.get("/a?b=2"))).isEqualTo("fetch");
  }

  @Test
  void decide_ruleWithVaryHeaders_keepsVariantsApart() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, vary_headers: [Accept-Language]");
    ruled.answer(TestRequest.get("/a").field("Accept-Language", "de"), "hallo");
    ruled.answer(TestRequest.get("/a"), "hello");

    assertThat(ruled.outcome(TestRequest.get("/a").field("accept-language", "de")))
        .isEqualTo("hallo");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("hello");
    assertThat(ruled.outcome(TestRequest.get("/a").field("Accept-Language", "fr")))
        .isEqualTo("fetch");
  }

  @Test
  void decide_post_isCachedByItsBodyWhereARuleSaysSo() {
    TestGateway ruled =
        gateway.withRule("pattern: /a, ttl: 10s, methods: [POST], cache_post: true");
    ruled.answer(TestRequest.of("POST", "/a").bodyHash("01"), "one");

    assertThat(ruled.outcome(TestRequest.of("POST", "/a").bodyHash("01"))).isEqualTo("one");
    assertThat(ruled.outcome(TestRequest.of("POST", "/a").bodyHash("02"))).isEqualTo("fetch");
    assertThat(ruled.outcome(TestRequest.of("POST", "/a"))).isEqualTo("bypass");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
  }

  @Test
  void fill_vary_keepsVariantsApart() {
    String[] fields = {"Cache-Control", "max-age=60", "Vary", "Accept-Language, accept"};
    gateway.answer(request("de", "json"), "de json", fields);
    gateway.answer(request("de", "html"), "de html", fields);
    gateway.answer(request("fr", "json"), "fr json", fields);
    gateway.answer(request(null, "json"), "json", fields);

    assertThat(gateway.outcome(request("de", "json"))).isEqualTo("de json");
    assertThat(gateway.outcome(request("de", "html"))).isEqualTo("de html");
    assertThat(gateway.outcome(request("fr", "json"))).isEqualTo("fr json");
    assertThat(gateway.outcome(request(null, "json"))).isEqualTo("json");
    assertThat(gateway.fetch(request("fr", "html")).why()).isEqualTo(Forward.VARY_MISS);
    assertThat(gateway.outcome(request("de", "json").field("X-Other", "1"))).isEqualTo("de json");
  }

  @Test
  void fill_varyOfAFilterAndTheServlet_bothCount() {
    TestRequest request = TestRequest.get("/a").field("Origin", "o").field("Accept", "a");
    Fill fill = gateway.fill(request);
    ResponseHead head =
        ResponseHead.of(
            200,
            Fields.of("Vary", "Origin"),
            Fields.of("Vary", "Origin", "Vary", "Accept", "Cache-Control", "max-age=60"));
    fill.append((byte) 'x');
    TestGateway.end(fill, head);

    assertThat(gateway.outcome(TestRequest.get("/a").field("Origin", "o").field("Accept", "a")))
        .isEqualTo("x");
    assertThat(gateway.outcome(TestRequest.get("/a").field("Origin", "p").field("Accept", "a")))
        .isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/a").field("Origin", "o"))).isEqualTo("fetch");
  }

  @Test
  void fill_varyThatChanges_isFollowed() {
    gateway.answer(request("de", "json"), "1", "Cache-Control", "max-age=60", "Vary", "Accept");
    gateway.answer(
        request("fr", "html"), "2", "Cache-Control", "max-age=60", "Vary", "Accept-Language");

    assertThat(gateway.outcome(request("fr", "json"))).isEqualTo("2");
    assertThat(gateway.outcome(request("de", "html"))).isEqualTo("fetch");

    gateway.clock.advanceSeconds(1);
    gateway.answer(request("es", "html"), "3", "Cache-Control", "max-age=60");
    assertThat(gateway.outcome(request("es", "json"))).isEqualTo("3");
    assertThat(gateway.outcome(request("xx", "html"))).isEqualTo("3");
  }

  @Test
  void fill_moreVariantsThanTheCap_areNotStored() {
    int cap = 64; // the setting's default
    for (int i = 0; i < cap + 3; i++) {
      gateway.answer(
          request("l" + i, null),
          "v" + i,
          "Cache-Control",
          "max-age=60",
          "Vary",
          "Accept-Language");
    }

    assertThat(gateway.refusals(Refusal.TOO_MANY_VARIANTS)).isEqualTo(3);
    assertThat(gateway.cache.counters().stores()).isEqualTo(cap);
    for (int i = 0; i < cap + 3; i++) {
      assertThat(gateway.outcome(request("l" + i, null))).isEqualTo(i < cap ? "v" + i : "fetch");
    }
    // One that is there already may be stored anew, and others once some have expired.
    gateway.answer(
        request("l0", null).field("Cache-Control", "no-cache"),
        "new",
        "Cache-Control",
        "max-age=3600",
        "Vary",
        "Accept-Language");
    assertThat(gateway.outcome(request("l0", null))).isEqualTo("new");
    gateway.clock.advanceSeconds(60);
    gateway.answer(
        request("l99", null), "v99", "Cache-Control", "max-age=60", "Vary", "Accept-Language");
    assertThat(gateway.outcome(request("l99", null))).isEqualTo("v99");
    assertThat(gateway.outcome(request("l0", null))).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "no-store", "no-cache", "private=\"X\", private"})
  void fill_answerThatMayNotBeStored_evenWhereARuleOverrides(String cacheControl) {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, origin: override");
    ruled.answer(TestRequest.get("/a"), "one", "Cache-Control", cacheControl);

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
    assertThat(ruled.allRefusals()).isEqualTo(1);
  }

  @Test
  void fill_answerThatSetsACookie_isNotStored() {
    TestGateway ruled =
        gateway.withRule("pattern: /a, ttl: 10s, origin: override, ignore_credentials: true");
    ruled.answer(
        TestRequest.get("/a"), "one", "Cache-Control", "public, max-age=60", "Set-Cookie", "a=b");

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
    assertThat(ruled.refusals(Refusal.SET_COOKIE)).isEqualTo(1);
  }

  @Test
  void fill_requestSaysNoStore_isNotBegun() {
    assertThat(gateway.fetch(TestRequest.get("/a").field("Cache-Control", "no-store")).store())
        .isFalse();
  }

  static Stream<Arguments> identities() {
    return Stream.of(
        arguments("Authorization", TestRequest.get("/a").field("Authorization", "x")),
        arguments("API key", TestRequest.get("/a").field("X-API-Key", "x")),
        arguments("cookie", TestRequest.get("/a").field("Cookie", "SID=x")),
        arguments("session", TestRequest.get("/a").session("x")),
        arguments("principal", TestRequest.get("/a").principal("x")),
        arguments("certificate", TestRequest.get("/a").certificate("x")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_credentials_neitherGetNorGiveWhatIsNotShared(String kind, TestRequest identified) {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s");
    assertThat(ruled.fetch(identified).why()).isEqualTo(Forward.CREDENTIALS);
    ruled.answer(identified, "own", "Cache-Control", "max-age=60");
    assertThat(ruled.refusals(Refusal.CREDENTIALS)).isEqualTo(1);
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");

    ruled.answer(TestRequest.get("/a"), "anonymous", "Cache-Control", "max-age=60");
    assertThat(ruled.outcome(identified)).isEqualTo("fetch");
    assertThat(ruled.fetch(identified).why()).isEqualTo(Forward.CREDENTIALS);
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("anonymous");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_credentials_shareWhatIsExplicitlyPublic(String kind, TestRequest identified) {
    gateway.answer(identified, "for all", "Cache-Control", "public, max-age=60");

    assertThat(gateway.outcome(identified)).isEqualTo("for all");
    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("for all");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_cacheAuthenticated_keepsIdentitiesApart(String kind, TestRequest identified) {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, cache_authenticated: true");
    TestRequest other = TestRequest.get("/a").field("Authorization", "somebody else");
    ruled.answer(identified, "own");
    assertThat(ruled.outcome(identified)).isEqualTo("own");
    assertThat(ruled.outcome(other)).isEqualTo("fetch");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");

    ruled.answer(TestRequest.get("/a"), "anonymous");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("anonymous");
    assertThat(ruled.outcome(identified)).isEqualTo("own");
    assertThat(ruled.outcome(other)).isEqualTo("fetch");
  }

  /** The key was made before: it does not tell this identity apart (law 2). */
  @Test
  void fill_cacheAuthenticated_identityThatCameAfterTheKey_isNotStored() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, cache_authenticated: true");
    Fill fill = ruled.fill(TestRequest.get("/a"));
    fill.append((byte) 'x');
    TestGateway.endIdentified(fill, TestGateway.head(200));

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
    assertThat(ruled.refusals(Refusal.CREDENTIALS)).isEqualTo(1);
  }

  @Test
  void fill_cacheAuthenticated_identityThatIsInTheKey_isStored() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, cache_authenticated: true");
    TestRequest identified = TestRequest.get("/a").session("x");
    Fill fill = ruled.fill(identified);
    fill.append((byte) 'x');
    TestGateway.endIdentified(fill, TestGateway.head(200));

    assertThat(ruled.outcome(identified)).isEqualTo("x");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_ignoreCredentials_isOneAnswerForEveryone(String kind, TestRequest identified) {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, ignore_credentials: true");
    Fill fill = ruled.fill(identified);
    fill.append((byte) 'x');
    TestGateway.endIdentified(fill, TestGateway.head(200));

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("x");
    assertThat(ruled.outcome(identified)).isEqualTo("x");
  }

  @Test
  void decide_harmlessCookies_areNoCredentials() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, harmless_cookies: [theme]");
    ruled.answer(TestRequest.get("/a").field("Cookie", "_ga=1; theme=dark"), "one");

    assertThat(ruled.outcome(TestRequest.get("/a").field("Cookie", "theme=light")))
        .isEqualTo("one");
    assertThat(ruled.outcome(TestRequest.get("/a").field("Cookie", "theme=light; x=1")))
        .isEqualTo("fetch");
  }

  @Test
  void flush_dropsWhatIsStored() {
    gateway.answer(TestRequest.get("/a"), "one", "Cache-Control", "max-age=60");
    gateway.answer(TestRequest.get("/b"), "two", "Cache-Control", "max-age=60");

    assertThat(gateway.flush()).isEqualTo(2);
    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
    assertThat(gateway.flush()).isZero();
  }

  @Test
  void flush_whileFilling_refusesTheAnswer() {
    TestRequest request = TestRequest.get("/a");
    Fill before = gateway.fill(request);
    Fill varying = gateway.fill(request);
    gateway.flush();
    TestGateway.complete(before, 200, "old", "Cache-Control", "max-age=60");
    TestGateway.complete(varying, 200, "old", "Cache-Control", "max-age=60", "Vary", "Accept");

    assertThat(gateway.outcome(request)).isEqualTo("fetch");
    assertThat(gateway.refusals(Refusal.INVALIDATED)).isEqualTo(2);
    assertThat(gateway.cache.counters().stores()).isZero();

    gateway.answer(request, "new", "Cache-Control", "max-age=60");
    assertThat(gateway.outcome(request)).isEqualTo("new");
  }

  @Test
  void invalidate_dropsWhatARuleStoredOrIsAboutTo() {
    CacheRule rule = TestGateway.rule("pattern: '/a*', ttl: 10s, invalidate_on: ['POST /a']");
    gateway.cache.useRules(new RuleSet(List.of(rule)));
    gateway.answer(TestRequest.get("/a1"), "one");
    gateway.answer(TestRequest.get("/b"), "two", "Cache-Control", "max-age=60");
    Fill underWay = gateway.fill(TestRequest.get("/a2"));

    UnsafeRequest change = gateway.cache.unsafe(TestRequest.of("POST", "/a"));
    change.answered(200, null, null);
    TestGateway.complete(underWay, 200, "three");

    assertThat(gateway.outcome(TestRequest.get("/a1"))).isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/a2"))).isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/b"))).isEqualTo("two");
    assertThat(gateway.refusals(Refusal.INVALIDATED)).isEqualTo(1);
  }

  @Test
  void fill_fieldsOfOneConnectionOrAnswer_areNotStored() {
    Fill fill = gateway.fill(TestRequest.get("/a"));
    fill.append((byte) 'x');
    TestGateway.end(
        fill,
        ResponseHead.of(
            200,
            Fields.of("Link", "</f>"),
            Fields.of(
                "Link",
                "</f>",
                "Link",
                "</s>",
                "Cache-Control",
                "max-age=60",
                "Date",
                HttpDate.format(gateway.clock.millis()),
                "Age",
                "1",
                "Connection",
                "close",
                "Keep-Alive",
                "5",
                "Transfer-Encoding",
                "chunked",
                "Trailer",
                "X",
                "Upgrade",
                "y",
                "Content-Length",
                "1",
                "Cache-Status",
                "Other; hit",
                "ETag",
                "\"1\"")));

    StoredResponse stored = gateway.serve(TestRequest.get("/a")).response();
    assertThat(stored.fields())
        .isEqualTo(Fields.of("Cache-Control", "max-age=60", "ETag", "\"1\""));
    assertThat(stored.appended()).isEqualTo(Fields.of("Link", "</s>"));
    assertThat(stored.lengthStated()).isTrue();
    assertThat(stored.status()).isEqualTo(200);
    assertThat(stored.dateMillis()).isEqualTo(gateway.clock.millis());
  }

  /** RFC 9110 §7.6.1: what Connection names is of one connection too. */
  @Test
  void fill_fieldsThatConnectionNames_areNotStored() {
    gateway.answer(
        TestRequest.get("/a"),
        "x",
        "Cache-Control",
        "max-age=60",
        "Connection",
        "close, X-Hop",
        "X-Hop",
        "1",
        "X-End",
        "2");

    assertThat(gateway.serve(TestRequest.get("/a")).response().fields())
        .isEqualTo(Fields.of("Cache-Control", "max-age=60", "X-End", "2"));
  }

  @Test
  void counters_eachExchangeOnce() {
    TestRequest request = TestRequest.get("/a");
    gateway.answer(request, "one", "Cache-Control", "max-age=60"); // a miss and a store
    gateway.outcome(request); // a hit
    gateway.outcome(TestRequest.of("HEAD", "/a")); // a hit
    gateway.outcome(TestRequest.get("/a").field("Cache-Control", "no-cache")); // a miss
    gateway.answer(TestRequest.get("/b"), "one", "Cache-Control", "private"); // a miss, refused
    gateway.outcome(TestRequest.of("POST", "/a")); // a bypass
    gateway.outcome(TestRequest.get("/a").field("Range", "bytes=0-1")); // a bypass
    gateway.outcome(TestRequest.get("/b").field("Authorization", "x")); // a bypass
    gateway.clock.advanceSeconds(60);
    gateway.outcome(request); // a miss

    HttpCacheCounters counters = gateway.cache.counters();
    assertThat(counters.hits()).isEqualTo(2);
    assertThat(counters.misses()).isEqualTo(4);
    assertThat(counters.bypasses()).isEqualTo(3);
    assertThat(counters.stores()).isEqualTo(1);
    assertThat(counters.refusals(Refusal.PRIVATE)).isEqualTo(1);
    assertThat(gateway.allRefusals()).isEqualTo(1);
  }

  @Test
  void useRules_countFromNowOn() {
    CacheRule rule = TestGateway.rule("pattern: /a, ttl: 10s");
    assertThat(gateway.cache.rules()).isEqualTo(RuleSet.EMPTY);
    gateway.answer(TestRequest.get("/a"), "one");
    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("fetch");

    gateway.cache.useRules(new RuleSet(List.of(rule)));
    gateway.answer(TestRequest.get("/a"), "two");

    assertThat(gateway.cache.rules().rules()).containsExactly(rule);
    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("two");
  }

  private static TestRequest request(String language, String accept) {
    TestRequest request = TestRequest.get("/v");
    if (language != null) {
      request.field("Accept-Language", language);
    }
    return accept == null ? request : request.field("Accept", accept);
  }
}
