package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  void decide_ruleThatCachesNothing_isABypassWhateverIsStored() {
    TestRequest request = TestRequest.get("/a");
    gateway.answer(request, "one", "Cache-Control", "max-age=60");
    gateway.withRule("pattern: /a, mode: pass");

    assertThat(gateway.decide(request)).isEqualTo(new Decision.Bypass(Forward.RULE));
    assertThat(gateway.outcome(TestRequest.get("/b"))).isEqualTo("fetch");
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
    gateway.answer(
        TestRequest.get("/a"), "one", "Cache-Control", "max-age=60, must-revalidate", "Age", "60");

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
  void decide_post_isCachedByItsBodyWhereARuleSaysSo() {
    TestGateway ruled =
        gateway.withRule("pattern: /a, ttl: 10s, methods: [POST], cache_post: true");
    ruled.answer(TestRequest.of("POST", "/a").bodyHash("01"), "one");

    assertThat(ruled.outcome(TestRequest.of("POST", "/a").bodyHash("01"))).isEqualTo("one");
    assertThat(ruled.outcome(TestRequest.of("POST", "/a").bodyHash("02"))).isEqualTo("fetch");
    assertThat(ruled.outcome(TestRequest.of("POST", "/a"))).isEqualTo("bypass");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
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
        .isEqualTo(
            Fields.of(
                "Cache-Control", "max-age=60", "Cache-Status", "Other; hit", "ETag", "\"1\""));
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
    gateway.outcome(TestRequest.get("/a").field("Range", "bytes=0-1")); // a hit
    gateway.outcome(TestRequest.get("/b").field("Authorization", "x")); // a bypass
    gateway.clock.advanceSeconds(60);
    gateway.outcome(request); // a miss

    HttpCacheCounters counters = gateway.cache.counters();
    assertThat(counters.hits()).isEqualTo(3);
    assertThat(counters.misses()).isEqualTo(4);
    assertThat(counters.bypasses()).isEqualTo(2);
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

  @Test
  void cacheStatus_showsTheKeyWhereTheSettingsSaySo() {
    TestGateway shown = new TestGateway("cache_status_key=true");
    TestRequest request = TestRequest.get("/a\"b");
    shown.answer(request, "one", "Cache-Control", "max-age=60");

    assertThat(shown.serve(request).cacheStatus())
        .isEqualTo(
            "Slipstream; hit; ttl=60;"
                + " key=\"apigw:http_responses:GET:/a\\\"b::https://api.example.org:\"");
    assertThat(gateway.fetch(request).why()).isEqualTo(Forward.URI_MISS);
  }

  @Test
  void unkeyedFields_areThoseReadByNameThatChooseNoAnswer() {
    TestRequest request =
        TestRequest.get("/a")
            .field("X-Tenant", "7")
            .field("Origin", "https://a.example")
            .field("Accept", "*/*");
    Fill fill = gateway.fill(request);
    ReadSet reads = new ReadSet();
    reads.field("X-Tenant");
    reads.field("Origin");
    reads.field("X-Absent");
    ResponseHead head = TestGateway.head(200, "Cache-Control", "max-age=60");
    fill.begin(head);
    fill.append((byte) 'a');
    fill.complete(head, reads, List.of());

    assertThat(gateway.cache.counters().unkeyedFields()).containsExactly("x-tenant");
  }
}
