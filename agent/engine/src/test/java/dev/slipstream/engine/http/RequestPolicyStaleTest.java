package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a request gets where something is stored that does not simply answer it: stale answers (RFC
 * 9111 §4.2.4, RFC 5861), validation (§4.3) and conditions of rules.
 */
class RequestPolicyStaleTest {
  private static final String OBSOLETE = "Sunday, 01-Mar-26 11:00:00 GMT";

  private static final long STORED_AT = MutableClock.START_MILLIS;
  private static final Lifetime USUAL = new Lifetime(60_000, 0, 60_000, false, false, true);
  private static final Lifetime REFRESHED = new Lifetime(60_000, 10_000, 0, false, false, true);

  // Fresh for 60 s, asked after 75 s.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-stale               | true",
        "MAX-STALE               | true",
        "max-stale=15            | true",
        "max-stale=16            | true",
        "max-stale=14            | false",
        "max-stale=0             | false",
        "max-stale=x             | false",
        "max-stale=99999999999999999999 | true",
        "max-stale, max-age=75   | true",
        "max-stale, max-age=74   | false",
        "max-stale, min-fresh=1  | false",
        "max-stale, no-cache     | false",
        "max-stale, only-if-cached | true",
        "min-fresh=0             | false",
        "max-age=100             | false",
        "no-store                | false",
      })
  void decide_maxStale_acceptsWhatIsStale(String cacheControl, boolean served) {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", cacheControl);

    Decision decision = decide(request, stored(USUAL), 75_000);

    assertThat(decision instanceof Decision.Serve).isEqualTo(served);
    if (decision instanceof Decision.Serve serve) {
      assertThat(serve.ttlSeconds()).isEqualTo(-15);
      assertThat(serve.ageSeconds()).isEqualTo(75);
      assertThat(serve.refresh()).isNull();
      assertThat(serve.cacheStatus()).isEqualTo("Slipstream; hit; ttl=-15; detail=max-stale");
    }
  }

  /** RFC 9111 §5.2.2.2, §5.2.2.8: what the response forbids, the request cannot allow. */
  @Test
  void decide_maxStale_whereStaleIsForbidden() {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", "max-stale");

    assertThat(decide(request, stored(Lifetime.fresh(60_000)), 75_000))
        .isInstanceOf(Decision.Fetch.class);
  }

  @ParameterizedTest
  @CsvSource({"59999, 0", "60000, -1", "60001, -1", "69999, -10"})
  void decide_whileRevalidate_servesStaleAndRefreshes(long elapsed, long ttl) {
    Decision.Serve serve =
        (Decision.Serve) decide(TestRequest.get("/a"), stored(REFRESHED), elapsed);

    assertThat(serve.ttlSeconds()).isEqualTo(ttl);
    if (elapsed < 60_000) {
      assertThat(serve.refresh()).isNull();
      return;
    }
    assertThat(serve.cacheStatus())
        .isEqualTo("Slipstream; hit; ttl=" + ttl + "; detail=stale-while-revalidate");
    assertThat(serve.refresh().why()).isEqualTo(Forward.STALE);
    assertThat(serve.refresh().store()).isTrue();
    assertThat(serve.refresh().validation().conditions())
        .isEqualTo(Fields.of("If-None-Match", "\"1\""));
  }

  @Test
  void decide_afterWhileRevalidate_isFetched() {
    assertThat(decide(TestRequest.get("/a"), stored(REFRESHED), 70_000))
        .isInstanceOf(Decision.Fetch.class);
  }

  @ParameterizedTest
  @CsvSource({"max-age=100, false", "min-fresh=0, false", "no-cache, false", "x, true"})
  void decide_whileRevalidate_notForARequestThatSaysHowFresh(String directive, boolean served) {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", directive);

    assertThat(decide(request, stored(REFRESHED), 65_000) instanceof Decision.Serve)
        .isEqualTo(served);
  }

  @ParameterizedTest
  @EnumSource(Lookup.Audience.class)
  void decide_whileRevalidate_onlyForARequestThatSaysNothingOfWhoAsks(Lookup.Audience audience) {
    TestRequest request = TestRequest.get("/a");
    StoredResponse stored = new TestStored().shared().lifetime(REFRESHED).build();

    Decision decision = decide(lookup(request, null, audience, stored), 65_000);

    assertThat(decision instanceof Decision.Serve).isEqualTo(audience == Lookup.Audience.EVERYONE);
  }

  @Test
  void decide_whileRevalidate_whatMayNotBeStored_isNotRefreshed() {
    TestRequest noStore = TestRequest.get("/a").field("Cache-Control", "no-store");

    Decision.Serve serve = (Decision.Serve) decide(noStore, stored(REFRESHED), 65_000);

    assertThat(serve.refresh()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, REQUEST", "100000, REQUEST"})
  void decide_noCache_validates(long elapsed, Forward why) {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", "no-cache");

    Decision.Fetch fetch = (Decision.Fetch) decide(request, stored(USUAL), elapsed);

    assertThat(fetch.why()).isEqualTo(why);
    assertThat(fetch.validation().conditions()).isEqualTo(Fields.of("If-None-Match", "\"1\""));
  }

  /** RFC 9111 §5.2.2.4: stored, and confirmed before each use. */
  @ParameterizedTest
  @ValueSource(strings = {"", "max-stale", "max-age=99"})
  void decide_alwaysValidated_isNeverServedUnasked(String cacheControl) {
    TestRequest request = TestRequest.get("/a");
    if (!cacheControl.isEmpty()) {
      request.field("Cache-Control", cacheControl);
    }
    Lifetime always = new Lifetime(60_000, 0, 0, false, true, false);

    Decision.Fetch fetch = (Decision.Fetch) decide(request, stored(always), 0);

    assertThat(fetch.why()).isEqualTo(Forward.STALE);
    assertThat(fetch.validation()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1000,  'max-age=0, only-if-cached'",
    "0,     'no-cache, only-if-cached'",
    "60000, only-if-cached",
    "65000, 'max-stale=1, only-if-cached'",
  })
  void decide_onlyIfCached_nothingThatAnswers_isUnavailable(long elapsed, String cacheControl) {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", cacheControl);

    assertThat(decide(request, stored(USUAL), elapsed)).isEqualTo(new Decision.Unavailable());
  }

  @Test
  void decide_onlyIfCached_nothingStored_isUnavailable() {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", "only-if-cached");

    assertThat(decide(lookup(request, null, Lookup.Audience.EVERYONE, null), 0))
        .isEqualTo(new Decision.Unavailable());
    assertThat(decide(lookup(request, null, Lookup.Audience.UNTOLD, stored(USUAL)), 0))
        .isEqualTo(new Decision.Unavailable());
  }

  // Conditions of a validation (RFC 9111 §4.3.1).

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '\'',
      value = {
        // stored tag, client's tags, asked
        "\"1\"   | -                    | \"1\"",
        "\"1\"   | \"2\"                | \"1\", \"2\"",
        "\"1\"   | W/\"2\"              | \"1\", W/\"2\"",
        "\"1\"   | ' \"2\", \"3\" '     | \"1\", \"2\", \"3\"",
        "\"1\"   | \"1\"                | \"1\"",
        "\"1\"   | *                    | \"1\"",
        "W/\"1\" | \"2\"                | W/\"1\", \"2\"",
        "-       | \"2\"                | -",
      })
  void validation_asksForTheStoredTagAndTheClients(String stored, String client, String asked) {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", "no-cache");
    if (client != null) {
      request.field("If-None-Match", client);
    }
    Fields fields = stored == null ? Fields.of("Last-Modified", "x") : Fields.of("ETag", stored);

    Decision.Fetch fetch =
        (Decision.Fetch)
            decide(request, new TestStored().fields(fields).lifetime(USUAL).build(), 0);

    assertThat(fetch.validation().conditions().first("If-None-Match")).isEqualTo(asked);
    assertThat(fetch.validation().client().all("If-None-Match"))
        .isEqualTo(request.all("If-None-Match"));
  }

  @Test
  void validation_clientsTagsOnSeveralLines() {
    TestRequest request =
        TestRequest.get("/a")
            .field("Cache-Control", "no-cache")
            .field("If-None-Match", "\"2\"")
            .field("If-None-Match", "\"3\"");

    Decision.Fetch fetch = (Decision.Fetch) decide(request, stored(USUAL), 0);

    assertThat(fetch.validation().conditions().first("If-None-Match"))
        .isEqualTo("\"1\", \"2\", \"3\"");
  }

  @Test
  void validation_lastModified_isAskedForAsItIs() {
    StoredResponse stored =
        new TestStored().fields("ETag", "\"1\"", "Last-Modified", OBSOLETE).lifetime(USUAL).build();
    TestRequest request = TestRequest.get("/a").field("If-Modified-Since", "later");

    Decision.Fetch fetch = (Decision.Fetch) decide(request, stored, 60_000);

    assertThat(fetch.validation().conditions())
        .isEqualTo(Fields.of("If-None-Match", "\"1\"", "If-Modified-Since", OBSOLETE));
    assertThat(fetch.validation().isConfirmedBy(304)).isTrue();
    assertThat(fetch.validation().isConfirmedBy(200)).isFalse();
  }

  @Test
  void validation_withoutAValidator_asksNothing() {
    StoredResponse stored = new TestStored().lifetime(USUAL).build();

    Decision.Fetch fetch = (Decision.Fetch) decide(TestRequest.get("/a"), stored, 60_000);

    assertThat(fetch.validation().conditions()).isEqualTo(Fields.EMPTY);
    assertThat(fetch.validation().isConfirmedBy(304)).isFalse();
  }

  @Test
  void validation_lastModifiedThatIsNoDate_isNoCondition() {
    StoredResponse stored =
        new TestStored().fields("Last-Modified", "yesterday").lifetime(USUAL).build();

    Decision.Fetch fetch = (Decision.Fetch) decide(TestRequest.get("/a"), stored, 60_000);

    assertThat(fetch.validation().conditions()).isEqualTo(Fields.EMPTY);
  }

  @Test
  void validation_ofAPart_asksNothing() {
    StoredResponse part =
        new TestStored().fields("ETag", "\"1\"").part("ab", 0, 10).lifetime(USUAL).build();
    TestRequest range = TestRequest.get("/a").field("Range", "bytes=0-1");

    Decision.Fetch ofPart = (Decision.Fetch) decide(range, part, 60_000);

    assertThat(ofPart.validation().conditions()).isEqualTo(Fields.EMPTY);
  }

  // Fresh for 60 s, and answers for another 60 s instead of an error.
  @ParameterizedTest
  @CsvSource({"60000, 59999, true", "60000, 60000, false", "119999, 0, true", "120000, 0, false"})
  void validation_answersInsteadOfAnErrorForSoLong(long asked, long took, boolean answers) {
    Decision.Fetch fetch = (Decision.Fetch) decide(TestRequest.get("/a"), stored(USUAL), asked);

    assertThat(fetch.validation().answersInsteadOf(503, STORED_AT + asked + took))
        .isEqualTo(answers);
  }

  @Test
  void validation_whereStaleIsForbidden_neverAnswersInsteadOfAnError() {
    TestRequest request = TestRequest.get("/a").field("Cache-Control", "no-cache");

    Decision.Fetch fetch = (Decision.Fetch) decide(request, stored(Lifetime.fresh(60_000)), 0);

    assertThat(fetch.validation().answersInsteadOf(503, STORED_AT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "502, true, true",
    "503, true, true",
    "504, true, true",
    "500, false, true",
    "501, false, true",
    "505, false, true",
    "599, false, true",
    "200, false, false",
    "304, false, false",
    "404, false, false",
    "499, false, false",
  })
  void validation_whichStatusesAreErrors(int status, boolean usually, boolean said) {
    Lifetime anyError = new Lifetime(60_000, 0, 60_000, true, false, true);
    Decision.Fetch usual = (Decision.Fetch) decide(TestRequest.get("/a"), stored(USUAL), 60_000);
    Decision.Fetch any = (Decision.Fetch) decide(TestRequest.get("/a"), stored(anyError), 60_000);

    assertThat(usual.validation().answersInsteadOf(status, STORED_AT + 60_000)).isEqualTo(usually);
    assertThat(any.validation().answersInsteadOf(status, STORED_AT + 60_000)).isEqualTo(said);
  }

  // Conditions of a rule.

  @Test
  void decide_bypassCondition_isFetchedAndMayBeStored() {
    CacheRule rule = TestGateway.rule("pattern: /a, bypass: ['header:X-No-Cache']");
    TestRequest request = TestRequest.get("/a").field("X-No-Cache", "1");

    Decision.Fetch fetch =
        (Decision.Fetch) decide(lookup(request, rule, Lookup.Audience.EVERYONE, stored(USUAL)), 0);

    assertThat(fetch.why()).isEqualTo(Forward.CONDITION);
    assertThat(fetch.store()).isTrue();
    assertThat(fetch.validation()).isNull();
    assertThat(
            decide(
                lookup(
                    TestRequest.get("/a").field("X-No-Cache", "0"),
                    rule,
                    Lookup.Audience.EVERYONE,
                    stored(USUAL)),
                0))
        .isInstanceOf(Decision.Serve.class);
  }

  @Test
  void decide_noStoreCondition_isServedButNotStored() {
    CacheRule rule = TestGateway.rule("pattern: /a, no_store: ['query:preview']");
    TestRequest request = TestRequest.get("/a?preview=1");

    assertThat(decide(lookup(request, rule, Lookup.Audience.EVERYONE, stored(USUAL)), 0))
        .isInstanceOf(Decision.Serve.class);
    Decision.Fetch fetch =
        (Decision.Fetch) decide(lookup(request, rule, Lookup.Audience.EVERYONE, null), 0);
    assertThat(fetch.store()).isFalse();
  }

  private static Decision decide(TestRequest request, StoredResponse stored, long elapsedMillis) {
    return decide(lookup(request, null, Lookup.Audience.EVERYONE, stored), elapsedMillis);
  }

  private static Decision decide(Lookup lookup, long elapsedMillis) {
    return RequestPolicy.decide(lookup, STORED_AT + elapsedMillis);
  }

  private static Lookup lookup(
      TestRequest request, CacheRule rule, Lookup.Audience audience, StoredResponse stored) {
    return new Lookup(
        request, rule, audience, "k", "k", stored, ConditionHabits.Habit.EVALUATES, false);
  }

  private static StoredResponse stored(Lifetime lifetime) {
    return new TestStored().fields("ETag", "\"1\"").lifetime(lifetime).build();
  }
}
