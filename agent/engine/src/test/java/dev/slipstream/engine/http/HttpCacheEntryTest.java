package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule with {@code serve_at: entry} has answered before the application's filters. */
class HttpCacheEntryTest {
  private static final String RULE = "pattern: /a/**, serve_at: entry, ttl: 1m";

  private final TestGateway gateway = begun(new TestGateway().withRule(RULE));

  private static TestGateway begun(TestGateway gateway) {
    gateway.clock.advance(Duration.ofSeconds(2));
    return gateway;
  }

  private static TestRequest entering() {
    return TestRequest.get("/a/b").place(RequestView.ENTRY);
  }

  private boolean isServed(TestRequest request) {
    return gateway.cache.isServedAtEntry(request);
  }

  @ParameterizedTest
  @CsvSource({"GET, true", "HEAD, true", "POST, false", "PURGE, false", "get, false"})
  void isServedAtEntry_requestsThatRead(String method, boolean served) {
    assertThat(isServed(TestRequest.of(method, "/a/b"))).isEqualTo(served);
  }

  /** A request that is between two filters by then looks as if it entered there. */
  @Test
  void isServedAtEntry_rightAfterTheFirstRuleSaysSo_isNotYet() {
    TestGateway fresh = new TestGateway().withRule(RULE);
    assertThat(fresh.cache.isServedAtEntry(TestRequest.get("/a/b"))).isFalse();
    fresh.clock.advance(Duration.ofSeconds(2));
    assertThat(fresh.cache.isServedAtEntry(TestRequest.get("/a/b"))).isTrue();

    fresh.withRule(RULE + ", priority: critical");
    assertThat(fresh.cache.isServedAtEntry(TestRequest.get("/a/b"))).isTrue();
    fresh.withRule("pattern: /a/**").withRule(RULE);
    assertThat(fresh.cache.isServedAtEntry(TestRequest.get("/a/b"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b", "/a//b", "/a/../b"})
  void isServedAtEntry_anotherPathOrOneThatMayBeAnother_isNot(String path) {
    assertThat(isServed(TestRequest.get("/a/b"))).isTrue();
    assertThat(isServed(TestRequest.get(path))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pattern: /a/**, ttl: 1m",
        "pattern: /a/**, serve_at: servlet",
        "pattern: /a/**, serve_at: entry, mode: observe",
        "pattern: /a/**, serve_at: entry, mode: pass",
        "pattern: /a/**, serve_at: entry, enabled: false",
        "pattern: /a/**, serve_at: entry, cache_post: true, methods: [POST]"
      })
  void isServedAtEntry_rulesThatDoNotSaySo_areNot(String rule) {
    gateway.withRule(rule);

    assertThat(isServed(TestRequest.get("/a/b"))).isFalse();
  }

  @Test
  void isServedAtEntry_whereTheCacheObserves_isNot() {
    TestGateway observing = begun(new TestGateway("cache_mode=observe").withRule(RULE));

    assertThat(observing.cache.isServedAtEntry(TestRequest.get("/a/b"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ignore_credentials: true", "cache_authenticated: true", "priority: default"})
  void isServedAtEntry_whoeverSaysWhoIsAsking_isNot(String more) {
    gateway.withRule(RULE + ", " + more);

    assertThat(isServed(TestRequest.get("/a/b").field("Authorization", "Basic x"))).isFalse();
    assertThat(isServed(TestRequest.get("/a/b").field("X-API-Key", "x"))).isFalse();
    assertThat(isServed(TestRequest.get("/a/b").field("Cookie", "login=anna"))).isFalse();
    assertThat(isServed(TestRequest.get("/a/b").session("1"))).isFalse();
    assertThat(isServed(TestRequest.get("/a/b").principal("anna"))).isFalse();
    assertThat(isServed(TestRequest.get("/a/b").certificate("anna"))).isFalse();
    assertThat(isServed(TestRequest.get("/a/b").field("Cookie", "_ga=1"))).isTrue();
  }

  @Test
  void isServedAtEntry_resourceBehindFiltersOfJaxRs_isNot() {
    gateway.cache.isGuarded("/a/b");

    assertThat(isServed(TestRequest.get("/a/b"))).isFalse();
  }

  /** The two differ by what filters add, and by who may get them. */
  @Test
  void decide_atTheServlet_isAnotherAnswer() {
    gateway.answer(entering(), "entry");

    assertThat(gateway.outcome(entering())).isEqualTo("entry");
    assertThat(gateway.outcome(TestRequest.get("/a/b"))).isEqualTo("fetch");
    gateway.answer(TestRequest.get("/a/b"), "servlet");
    assertThat(gateway.outcome(entering())).isEqualTo("entry");
    assertThat(gateway.outcome(TestRequest.get("/a/b"))).isEqualTo("servlet");
  }

  @Test
  void key_ofAFilterIsNoOther() {
    gateway.answer(TestRequest.get("/a/b").place("entry"), "filter");

    assertThat(gateway.outcome(entering())).isEqualTo("fetch");
  }

  @Test
  void unsafe_dropsBoth() {
    gateway.answer(entering(), "entry");
    gateway.answer(TestRequest.get("/a/b"), "servlet");

    gateway.cache.unsafe(TestRequest.of("PUT", "/a/b")).answered(204, null, null);
    gateway.clock.advance(Duration.ofSeconds(1));
    assertThat(gateway.outcome(entering())).isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/a/b"))).isEqualTo("fetch");
  }

  /** Not even once nothing is remembered of the change, nor where the rule is another by then. */
  @ParameterizedTest
  @ValueSource(strings = {RULE, "pattern: /a/**, ttl: 1m"})
  void unsafe_dropsIt_forGood(String ruleByThen) {
    gateway.answer(entering(), "entry", "Cache-Control", "max-age=3600");
    gateway.withRule(ruleByThen);

    gateway.cache.unsafe(TestRequest.of("PUT", "/a/b")).answered(204, null, null);
    gateway.clock.advance(Duration.ofMinutes(10));

    assertThat(gateway.outcome(entering())).isEqualTo("fetch");
  }

  @Test
  void purge_dropsBoth() {
    gateway.answer(entering(), "entry");
    gateway.answer(TestRequest.get("/a/b"), "servlet");

    assertThat(gateway.cache.purge(TestRequest.of("PURGE", "/a/b"), false)).isEqualTo(2);
    assertThat(gateway.outcome(entering())).isEqualTo("fetch");
  }

  @Test
  void refusal_ofACookieThatIsSet_leavesTheEndpointToTheServlet() {
    gateway.answer(entering(), "x", "Set-Cookie", "a=b");

    assertThat(gateway.refusals(Refusal.SET_COOKIE)).isOne();
    assertThat(isServed(TestRequest.get("/a/b"))).isFalse();
    assertThat(isServed(TestRequest.get("/a/other"))).isTrue();

    gateway.clock.advance(Duration.ofMinutes(11));
    assertThat(isServed(TestRequest.get("/a/b"))).isTrue();
  }

  @Test
  void refusal_ofALookAtTheAddress_leavesTheEndpointToTheServlet() {
    Fill fill = gateway.fill(entering());
    ReadSet reads = ReadSet.atEntry();
    reads.addressed();
    ResponseHead head = TestGateway.head(200);
    fill.begin(head);
    fill.append((byte) 'x');
    fill.complete(head, reads, List.of());

    assertThat(gateway.refusals(Refusal.CREDENTIALS)).isOne();
    assertThat(isServed(TestRequest.get("/a/b"))).isFalse();
  }

  @Test
  void refusal_elsewhere_orForAnotherReason_leavesItAsItIs() {
    gateway.answer(TestRequest.get("/a/b"), "x", "Set-Cookie", "a=b");
    gateway.answer(entering(), "x", "Cache-Control", "no-store");

    assertThat(isServed(TestRequest.get("/a/b"))).isTrue();
  }

  /** RFC 5861 §3: nobody can ask the filters behind the client. */
  @Test
  void decideAtEntry_stale_oneWaitsForTheFreshAnswerAndTheOthersDoNot() {
    TestGateway together =
        begun(
            new TestGateway("coalescing_wait=5s").withRule(RULE + ", stale_while_revalidate: 1h"));
    Decision.Fetch miss = (Decision.Fetch) together.cache.decideAtEntry(entering());
    TestGateway.complete(together.cache.fill(miss), 200, "old");
    together.clock.advance(Duration.ofMinutes(2));

    Decision.Fetch first = (Decision.Fetch) together.cache.decideAtEntry(entering());
    Decision.Serve other = (Decision.Serve) together.cache.decideAtEntry(entering());

    assertThat(first.why()).isEqualTo(Forward.STALE);
    assertThat(first.validation()).isNotNull();
    assertThat(TestGateway.body(other)).isEqualTo("old");
    assertThat(other.refresh()).isNull();
    TestGateway.complete(together.cache.fill(first), 200, "new");
    first.release();
    assertThat(together.outcome(entering())).isEqualTo("new");
  }

  @Test
  void decideAtEntry_staleAndNotCoalesced_eachAsks() {
    gateway.withRule(RULE + ", stale_while_revalidate: 1h");
    gateway.answer(entering(), "old");
    gateway.clock.advance(Duration.ofMinutes(2));

    assertThat(gateway.cache.decideAtEntry(entering())).isInstanceOf(Decision.Fetch.class);
    assertThat(gateway.cache.decideAtEntry(entering())).isInstanceOf(Decision.Fetch.class);
  }
}
