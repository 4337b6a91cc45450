package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application says about what is stored: 304 (RFC 9111 §4.3.3, §4.3.4). */
class HttpCacheValidationTest {
  private static final TestRequest REQUEST = TestRequest.get("/a");

  private final TestGateway gateway = new TestGateway();

  /** Stores "old" for a minute, lets that pass, and asks. */
  private Decision.Fetch stale(TestRequest request, String... more) {
    Fields.Builder fields = Fields.builder();
    fields.add("Cache-Control", "max-age=60").add("ETag", "\"1\"");
    Fields.of(more).forEach(fields::add);
    Fields all = fields.build();
    String[] flat = new String[2 * all.size()];
    int[] at = {0};
    all.forEach(
        (name, value) -> {
          flat[at[0]++] = name;
          flat[at[0]++] = value;
        });
    gateway.answer(request, "old", flat);
    gateway.clock.advanceSeconds(61);
    return gateway.fetch(request);
  }

  private Decision.Serve confirm(Decision.Fetch fetch, String... fields) {
    return gateway.cache.confirmed(
        fetch, gateway.cache.fill(fetch), TestGateway.head(304, fields), new ReadSet());
  }

  @Test
  void confirmed_isServedAndFreshAgain() {
    Decision.Serve serve = confirm(stale(REQUEST), "Cache-Control", "max-age=10");

    assertThat(TestGateway.body(serve)).isEqualTo("old");
    assertThat(serve.content()).isEqualTo(Content.WHOLE);
    assertThat(serve.ageSeconds()).isZero();
    assertThat(serve.ttlSeconds()).isEqualTo(10);
    assertThat(serve.cacheStatus())
        .isEqualTo("Slipstream; fwd=stale; fwd-status=304; stored; ttl=10");
    assertThat(gateway.cache.counters().validations()).isEqualTo(1);
    gateway.clock.advanceSeconds(9);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("old");
    gateway.clock.advanceSeconds(1);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  /** RFC 9111 §3.2: what is about the stored bytes is not about those of the 304. */
  @Test
  void confirmed_fieldsThatTheAnswerBrings_replaceTheStored() {
    Decision.Fetch fetch = stale(REQUEST, "X-Old", "1", "X-Both", "1", "Content-Encoding", "br");

    Fields fields =
        confirm(
                fetch,
                "X-Both",
                "2",
                "x-new",
                "3",
                "Content-Encoding",
                "gzip",
                "Content-Length",
                "0",
                "Content-Range",
                "bytes 0-0/1",
                "ETag",
                "\"1\"",
                "Connection",
                "X-Hop",
                "X-Hop",
                "4",
                "Date",
                HttpDate.format(gateway.clock.millis()),
                "Age",
                "0",
                "Cache-Status",
                "Other; hit")
            .response()
            .fields();

    assertThat(fields.all("X-Both")).containsExactly("2");
    assertThat(fields.all("X-New")).containsExactly("3");
    assertThat(fields.all("X-Old")).containsExactly("1");
    assertThat(fields.all("Content-Encoding")).containsExactly("br");
    assertThat(fields.all("ETag")).containsExactly("\"1\"");
    for (String name :
        new String[] {"Content-Length", "Content-Range", "Connection", "X-Hop", "Date", "Age"}) {
      assertThat(fields.contains(name)).as(name).isFalse();
    }
  }

  @Test
  void confirmed_ageOfTheAnswer_counts() {
    Decision.Serve serve =
        confirm(
            stale(REQUEST), "Age", "20", "Date", HttpDate.format(gateway.clock.millis() + 41_000));

    assertThat(serve.ageSeconds()).isEqualTo(20);
    assertThat(serve.ttlSeconds()).isEqualTo(40);
  }

  @Test
  void confirmed_withoutACopy_isServedAndNotStored() {
    Decision.Fetch fetch = stale(TestRequest.get("/a"));
    Decision.Fetch noStore =
        gateway.fetch(TestRequest.get("/a").field("Cache-Control", "no-store"));
    assertThat(noStore.store()).isFalse();

    Decision.Serve serve =
        gateway.cache.confirmed(noStore, null, TestGateway.head(304), new ReadSet());

    assertThat(TestGateway.body(serve)).isEqualTo("old");
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
    assertThat(fetch.store()).isTrue();
  }

  @Test
  void confirmed_whatTheClientHas_isTheClients() {
    TestRequest request = TestRequest.get("/a").field("If-None-Match", "\"2\"");
    stale(REQUEST);

    assertThat(confirm(gateway.fetch(request), "ETag", "\"2\"")).isNull();

    assertThat(gateway.cache.counters().validations()).isZero();
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @Test
  void confirmed_whatIsStored_whileTheClientHasAnother() {
    TestRequest request = TestRequest.get("/a").field("If-None-Match", "\"2\"");
    stale(REQUEST);

    Decision.Serve serve = confirm(gateway.fetch(request), "ETag", "\"1\"");

    assertThat(serve.content()).isEqualTo(Content.WHOLE);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("old");
  }

  @Test
  void confirmed_whatBothHave_isNotModified() {
    TestRequest request = TestRequest.get("/a").field("If-None-Match", "\"1\"");
    stale(REQUEST);

    assertThat(confirm(gateway.fetch(request), "ETag", "\"1\"").content())
        .isEqualTo(Content.NOT_MODIFIED);
  }

  @Test
  void confirmed_rangeOfWhatIsStored_isServed() {
    stale(REQUEST);

    Decision.Serve serve = confirm(gateway.fetch(TestRequest.get("/a").field("Range", "bytes=1-")));

    assertThat(Payload.of(serve).status()).isEqualTo(206);
    assertThat(Payload.of(serve).body()).asString().isEqualTo("ld");
  }

  /** RFC 9111 §4.3.4: with a strong validator that matches nothing stored, nothing is updated. */
  @Test
  void confirmed_anotherStrongTag_freshensNothing() {
    confirm(stale(REQUEST), "ETag", "\"other\"", "Cache-Control", "max-age=60");

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  /** Law 2, RFC 9111 §3: a 304 is stored no more than a 200 with the same fields would be. */
  @ParameterizedTest
  @ValueSource(strings = {"private", "no-store", "max-age=60, private", "public, no-store"})
  void confirmed_byAnAnswerThatMayNotBeStored_isNotStored(String cacheControl) {
    Decision.Serve serve = confirm(stale(REQUEST), "Cache-Control", cacheControl, "X-User", "me");

    assertThat(TestGateway.body(serve)).isEqualTo("old");
    Decision next = gateway.decide(REQUEST);
    assertThat(next).isInstanceOf(Decision.Fetch.class);
    Validation validation = ((Decision.Fetch) next).validation();
    if (validation != null) {
      assertThat(validation.stored().fields().contains("X-User")).isFalse();
    }
  }

  /** Law 2: a cookie that comes with a 304 is that client's. */
  @Test
  void confirmed_cookieOfTheAnswer_isNobodyElses() {
    confirm(stale(REQUEST), "Set-Cookie", "SID=mine");

    Decision next = gateway.decide(REQUEST);
    if (next instanceof Decision.Serve serve) {
      assertThat(serve.response().fields().contains("Set-Cookie")).isFalse();
    }
  }

  /** Law 2, RFC 9111 §3.5: as for a 200, where a request with credentials got the 304. */
  @Test
  void confirmed_toCredentials_staysSharedOnlyIfItSaysSo() {
    gateway.answer(REQUEST, "old", "Cache-Control", "public, max-age=60", "ETag", "\"1\"");
    gateway.clock.advanceSeconds(61);
    Decision.Fetch own = gateway.fetch(TestRequest.get("/a").field("Authorization", "x"));

    confirm(own, "Cache-Control", "max-age=60", "X-User", "x");

    Decision next = gateway.decide(REQUEST);
    if (next instanceof Decision.Serve serve) {
      assertThat(serve.response().fields().contains("X-User")).isFalse();
    }
  }

  /** RFC 9111 §5.2.2.4: fields that no-cache lists are not kept either. */
  @Test
  void confirmed_fieldsThatNoCacheLists_areNotStored() {
    confirm(stale(REQUEST), "Cache-Control", "max-age=60, no-cache=\"X-One\"", "X-One", "1");

    assertThat(gateway.serve(REQUEST).response().fields().contains("X-One")).isFalse();
  }

  @Test
  void confirmed_afterAChangeOfTheUrl_isNotStored() {
    Decision.Fetch fetch = stale(REQUEST);
    Fill fill = gateway.cache.fill(fetch);
    gateway.clock.advanceSeconds(1);
    gateway.cache.unsafe(TestRequest.of("PUT", "/a")).answered(204, null, null);
    gateway.clock.advanceSeconds(1);

    assertThat(gateway.cache.confirmed(fetch, fill, TestGateway.head(304), new ReadSet()))
        .isNotNull();

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @Test
  void confirmed_afterAFlush_isNotStored() {
    Decision.Fetch fetch = stale(REQUEST);
    Fill fill = gateway.cache.fill(fetch);
    gateway.flush();

    assertThat(gateway.cache.confirmed(fetch, fill, TestGateway.head(304), new ReadSet()))
        .isNotNull();

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @Test
  void confirmed_variant_isFreshAgainAndTheOthersAreAsTheyWere() {
    TestRequest german = TestRequest.get("/a").field("Accept-Language", "de");
    TestRequest french = TestRequest.get("/a").field("Accept-Language", "fr");
    for (TestRequest request : new TestRequest[] {german, french}) {
      gateway.answer(
          request,
          request.field("Accept-Language"),
          "Cache-Control",
          "max-age=60",
          "ETag",
          "\"1\"",
          "Vary",
          "Accept-Language");
    }
    gateway.clock.advanceSeconds(61);

    confirm(gateway.fetch(german), "ETag", "\"1\"");

    assertThat(gateway.outcome(german)).isEqualTo("de");
    assertThat(gateway.outcome(french)).isEqualTo("fetch");
  }

  @Test
  void decide_noCacheWithAValidator_isStoredAndConfirmedBeforeEachUse() {
    gateway.answer(REQUEST, "old", "Cache-Control", "no-cache, max-age=60", "ETag", "\"1\"");

    for (int i = 0; i < 2; i++) {
      Decision.Fetch fetch = gateway.fetch(REQUEST);
      assertThat(fetch.why()).isEqualTo(Forward.STALE);
      assertThat(TestGateway.body(confirm(fetch, "ETag", "\"1\""))).isEqualTo("old");
    }
  }

  @Test
  void confirmed_nothingStatesALifetimeAnyMore_isStaleAtOnce() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s");
    ruled.answer(REQUEST, "old", "ETag", "\"1\"");
    ruled.cache.useRules(RuleSet.EMPTY);
    ruled.clock.advanceSeconds(11);

    Decision.Serve serve = confirm(ruled.fetch(REQUEST), "ETag", "\"1\"");

    assertThat(serve.ttlSeconds()).isZero();
    assertThat(ruled.outcome(REQUEST)).isEqualTo("fetch");
  }

  /** Ten minutes at least, as long as it was fresh, and a day at most. */
  @ParameterizedTest
  @CsvSource({
    "60, 659, true", "60, 660, false",
    "3600, 7199, true", "3600, 7200, false",
    "172800, 259199, true", "172800, 259200, false",
  })
  void decide_staleWithAValidator_isKeptFor(long maxAge, long elapsed, boolean kept) {
    gateway.answer(REQUEST, "old", "Cache-Control", "max-age=" + maxAge, "ETag", "\"1\"");
    gateway.clock.advanceSeconds(elapsed);

    assertThat(gateway.fetch(REQUEST).validation() != null).isEqualTo(kept);
  }

  @Test
  void decide_heuristicLifetime_isATenthOfTheTimeUnchanged() {
    String before = HttpDate.format(gateway.clock.millis() - 600_000);
    gateway.answer(REQUEST, "old", "Last-Modified", before);

    gateway.clock.advanceSeconds(59);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("old");
    gateway.clock.advanceSeconds(1);
    assertThat(gateway.fetch(REQUEST).validation().conditions())
        .isEqualTo(Fields.of("If-Modified-Since", before));
  }

  @Test
  void fill_fieldsThatNoCacheOrPrivateList_areNotStored() {
    gateway.answer(
        REQUEST,
        "old",
        "Cache-Control",
        "max-age=60, no-cache=\"X-One\", private=\"x-two, X-Three\"",
        "X-One",
        "1",
        "X-Two",
        "2",
        "X-Three",
        "3",
        "X-Four",
        "4");

    assertThat(gateway.serve(REQUEST).response().fields().names())
        .containsExactly("Cache-Control", "X-Four");
  }
}
