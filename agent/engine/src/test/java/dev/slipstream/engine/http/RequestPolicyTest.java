package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPolicyTest {
  private static final long STORED_AT = MutableClock.START_MILLIS;

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "Head"})
  void bypass_otherMethods(String method) {
    assertThat(RequestPolicy.bypass(TestRequest.of(method, "/a"))).isEqualTo(Forward.METHOD);
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade, websocket, UPGRADE",
    "Content-Length, 1, BODY",
    "Transfer-Encoding, chunked, BODY",
    "If-Match, *, PRECONDITION",
    "If-Unmodified-Since, x, PRECONDITION",
  })
  void bypass_fieldThatTheCacheLeavesAlone(String name, String value, Forward expected) {
    assertThat(RequestPolicy.bypass(TestRequest.get("/a").field(name, value))).isEqualTo(expected);
    assertThat(RequestPolicy.bypass(TestRequest.of("HEAD", "/a").field(name, value)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"If-None-Match", "If-Modified-Since", "If-Range", "Range", "Accept", "Connection"})
  void bypass_otherFields_doNot(String name) {
    assertThat(RequestPolicy.bypass(TestRequest.get("/a").field(name, "x"))).isNull();
    assertThat(RequestPolicy.bypass(TestRequest.of("HEAD", "/a").field(name, "x"))).isNull();
  }

  @Test
  void decide_nothingStored_saysWhatIsMissing() {
    TestRequest request = TestRequest.get("/a");

    assertThat(
            fetch(
                    new Lookup(
                        request,
                        null,
                        Lookup.Audience.EVERYONE,
                        "k",
                        "k",
                        null,
                        ConditionHabits.Habit.EVALUATES,
                        false),
                    STORED_AT)
                .why())
        .isEqualTo(Forward.URI_MISS);
    assertThat(
            fetch(
                    new Lookup(
                        request,
                        null,
                        Lookup.Audience.EVERYONE,
                        "k",
                        "k",
                        null,
                        ConditionHabits.Habit.EVALUATES,
                        true),
                    STORED_AT)
                .why())
        .isEqualTo(Forward.VARY_MISS);
    assertThat(
            fetch(
                    new Lookup(
                        request,
                        null,
                        Lookup.Audience.UNTOLD,
                        "k",
                        "k",
                        null,
                        ConditionHabits.Habit.EVALUATES,
                        true),
                    STORED_AT)
                .why())
        .isEqualTo(Forward.CREDENTIALS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | max-age=5 | true",
        "GET  | no-cache  | true",
        "GET  | no-store  | false",
        "GET  | max-age=0, No-Store | false",
        "HEAD | max-age=5 | false",
        "HEAD | no-store  | false",
      })
  void decide_store_onlyGetWithoutNoStore(String method, String cacheControl, boolean store) {
    TestRequest request = TestRequest.of(method, "/a").field("Cache-Control", cacheControl);

    assertThat(
            fetch(
                    new Lookup(
                        request,
                        null,
                        Lookup.Audience.EVERYONE,
                        "k",
                        "k",
                        null,
                        ConditionHabits.Habit.EVALUATES,
                        false),
                    STORED_AT)
                .store())
        .isEqualTo(store);
  }

  @Test
  void decide_fresh_servesWithAgeAndTtl() {
    Decision.Serve serve = serve(TestRequest.get("/a"), 20_999);

    assertThat(serve.ageSeconds()).isEqualTo(25); // 5 s old when it was stored
    assertThat(serve.ttlSeconds()).isEqualTo(34);
    assertThat(serve.content()).isEqualTo(Content.WHOLE);
    assertThat(serve.cacheStatus()).isEqualTo("Slipstream; hit; ttl=34");
  }

  @Test
  void decide_clockWentBack_isNoYoungerThanWhenStored() {
    assertThat(serve(TestRequest.get("/a"), -3_600_000).ageSeconds()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"54999, true", "55000, false", "99999, false"})
  void decide_endOfTheLifetime_isStale(long elapsedMillis, boolean fresh) {
    Decision decision = decide(TestRequest.get("/a"), elapsedMillis);

    assertThat(decision instanceof Decision.Serve).isEqualTo(fresh);
    if (!fresh) {
      assertThat(((Decision.Fetch) decision).why()).isEqualTo(Forward.STALE);
    }
  }

  @Test
  void decide_credentials_onlyWhatIsExplicitlyShared() {
    TestRequest request = TestRequest.get("/a").field("Authorization", "x");

    Decision own =
        decide(
            new Lookup(
                request,
                null,
                Lookup.Audience.UNTOLD,
                "k",
                "k",
                stored(false),
                ConditionHabits.Habit.EVALUATES,
                false),
            0);
    Decision shared =
        decide(
            new Lookup(
                request,
                null,
                Lookup.Audience.UNTOLD,
                "k",
                "k",
                stored(true),
                ConditionHabits.Habit.EVALUATES,
                false),
            0);

    assertThat(own).isInstanceOf(Decision.Fetch.class);
    assertThat(((Decision.Fetch) own).why()).isEqualTo(Forward.CREDENTIALS);
    assertThat(shared).isInstanceOf(Decision.Serve.class);
  }

  // The stored response is 25 s old and fresh for another 35 s.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-cache          | false",
        "NO-CACHE, foo     | false",
        "no-store          | true",
        "max-age=25        | true",
        "max-age=24        | false",
        "max-age=0         | false",
        "max-age=garbage   | false",
        "min-fresh=35      | true",
        "min-fresh=36      | false",
        "min-fresh=garbage | true",
        "max-age=99, min-fresh=36 | false",
        "max-stale         | true",
        "max-stale=9999    | true",
        "only-if-cached    | true",
        "no-transform      | true",
      })
  void decide_whatTheRequestAccepts(String cacheControl, boolean served) {
    Decision decision = decide(TestRequest.get("/a").field("Cache-Control", cacheControl), 20_000);

    assertThat(decision instanceof Decision.Serve).isEqualTo(served);
    if (!served) {
      assertThat(((Decision.Fetch) decision).why()).isEqualTo(Forward.REQUEST);
    }
  }

  @ParameterizedTest
  @CsvSource({"no-cache, false", "No-Cache, false", "something, true"})
  void decide_pragma_countsWithoutCacheControl(String pragma, boolean served) {
    TestRequest alone = TestRequest.get("/a").field("Pragma", pragma);
    TestRequest beside = TestRequest.get("/a").field("Pragma", pragma).field("Cache-Control", "x");

    assertThat(decide(alone, 0) instanceof Decision.Serve).isEqualTo(served);
    assertThat(decide(beside, 0)).isInstanceOf(Decision.Serve.class);
  }

  @Test
  void decide_conditionalRequest_isAnsweredWithNotModified() {
    assertThat(serve(TestRequest.get("/a").field("If-None-Match", "\"1\""), 0).content())
        .isEqualTo(Content.NOT_MODIFIED);
    assertThat(serve(TestRequest.get("/a").field("If-None-Match", "\"2\""), 0).content())
        .isEqualTo(Content.WHOLE);
  }

  private static Decision.Serve serve(TestRequest request, long elapsedMillis) {
    return (Decision.Serve) decide(request, elapsedMillis);
  }

  private static Decision.Fetch fetch(Lookup lookup, long nowMillis) {
    return (Decision.Fetch) RequestPolicy.decide(lookup, nowMillis);
  }

  private static Decision decide(TestRequest request, long elapsedMillis) {
    return decide(
        new Lookup(
            request,
            null,
            Lookup.Audience.EVERYONE,
            "k",
            "k",
            stored(false),
            ConditionHabits.Habit.EVALUATES,
            false),
        elapsedMillis);
  }

  private static Decision decide(Lookup lookup, long elapsedMillis) {
    return RequestPolicy.decide(lookup, STORED_AT + elapsedMillis);
  }

  private static StoredResponse stored(boolean explicitlyShared) {
    TestStored stored = new TestStored().fields("ETag", "\"1\"").initialAgeMillis(5_000);
    return (explicitlyShared ? stored.shared() : stored).build();
  }
}
