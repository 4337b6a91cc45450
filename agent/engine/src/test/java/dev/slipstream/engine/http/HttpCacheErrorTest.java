package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stale answer in place of the application's error (RFC 5861 §4). */
class HttpCacheErrorTest {
  private static final TestRequest REQUEST = TestRequest.get("/a");

  // Fresh for 60 s. Seconds since it was stored, the error's status (0: it threw), who wins.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60 |  61 |   0 | true",
        "max-age=60 |  61 | 502 | true",
        "max-age=60 |  61 | 503 | true",
        "max-age=60 |  61 | 504 | true",
        "max-age=60 |  61 | 500 | false",
        "max-age=60 |  61 | 501 | false",
        "max-age=60 |  61 | 404 | false",
        "max-age=60 |  61 | 200 | false",
        "max-age=60 | 119 | 503 | true",
        "max-age=60 | 120 | 503 | false",
        "max-age=60, stale-if-error=300 | 359 | 500 | true",
        "max-age=60, stale-if-error=300 | 359 |   0 | true",
        "max-age=60, stale-if-error=300 | 360 | 500 | false",
        "max-age=60, stale-if-error=0   |  61 | 503 | false",
        "max-age=60, must-revalidate    |  61 | 503 | false",
        "max-age=60, proxy-revalidate   |  61 |   0 | false",
        "s-maxage=60                    |  61 | 503 | false",
        "s-maxage=60, stale-if-error=300 | 61 | 503 | false",
      })
  void insteadOfError_window(String cacheControl, long elapsed, int status, boolean answers) {
    TestGateway gateway = new TestGateway();
    Decision.Fetch fetch = stale(gateway, cacheControl, elapsed);

    assertThat(gateway.cache.insteadOfError(fetch, status) != null).isEqualTo(answers);
    assertThat(gateway.cache.counters().staleAnswers()).isEqualTo(answers ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"0, 61, false", "10, 69, true", "10, 70, false", "3600, 3000, true"})
  void insteadOfError_windowOfTheSetting(String setting, long elapsed, boolean answers) {
    TestGateway gateway = new TestGateway("stale_if_error=" + setting);
    Decision.Fetch fetch = stale(gateway, "max-age=60", elapsed);

    assertThat(gateway.cache.insteadOfError(fetch, 503) != null).isEqualTo(answers);
  }

  @ParameterizedTest
  @CsvSource({
    "stale_if_error: 300s, 359, 500, true",
    "stale_if_error: 300s, 360, 500, false",
    "stale_if_error: 0s, 61, 503, false",
    "never_stale: true, 61, 503, false",
    "ttl: 5s, 61, 503, true",
  })
  void insteadOfError_windowOfTheRule(String rule, long elapsed, int status, boolean answers) {
    TestGateway gateway = new TestGateway().withRule("pattern: /a, " + rule);
    Decision.Fetch fetch = stale(gateway, "max-age=60", elapsed);

    assertThat(gateway.cache.insteadOfError(fetch, status) != null).isEqualTo(answers);
  }

  @Test
  void insteadOfError_saysWhatItIs() {
    TestGateway gateway = new TestGateway();
    Decision.Fetch fetch = stale(gateway, "max-age=60", 70);

    Decision.Serve serve = gateway.cache.insteadOfError(fetch, 503);

    assertThat(TestGateway.body(serve)).isEqualTo("old");
    assertThat(serve.content()).isEqualTo(Content.WHOLE);
    assertThat(serve.ageSeconds()).isEqualTo(70);
    assertThat(serve.ttlSeconds()).isEqualTo(-10);
    assertThat(serve.refresh()).isNull();
    assertThat(serve.cacheStatus())
        .isEqualTo("Slipstream; fwd=stale; fwd-status=503; ttl=-10; detail=stale-if-error");
    assertThat(gateway.cache.insteadOfError(fetch, 0).cacheStatus())
        .isEqualTo("Slipstream; fwd=stale; ttl=-10; detail=stale-if-error");
  }

  /** The window counts when the error comes, not when the request did. */
  @Test
  void insteadOfError_applicationThatTakesLong() {
    TestGateway gateway = new TestGateway();
    Decision.Fetch fetch = stale(gateway, "max-age=60", 61);

    gateway.clock.advanceSeconds(58);
    assertThat(gateway.cache.insteadOfError(fetch, 504)).isNotNull();
    gateway.clock.advanceSeconds(1);
    assertThat(gateway.cache.insteadOfError(fetch, 504)).isNull();
  }

  @Test
  void insteadOfError_nothingStored_isNone() {
    TestGateway gateway = new TestGateway();

    assertThat(gateway.cache.insteadOfError(gateway.fetch(REQUEST), 503)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "GET"})
  void insteadOfError_clientThatHasIt_isNotModified(String method) {
    TestGateway gateway = new TestGateway();
    stale(gateway, "max-age=60", 61);
    TestRequest request = TestRequest.of(method, "/a").field("If-None-Match", "\"1\"");

    assertThat(gateway.cache.insteadOfError(gateway.fetch(request), 503).content())
        .isEqualTo(Content.NOT_MODIFIED);
  }

  @Test
  void insteadOfError_range_isServedFromTheWhole() {
    TestGateway gateway = new TestGateway();
    stale(gateway, "max-age=60", 61);
    Decision.Fetch fetch = gateway.fetch(TestRequest.get("/a").field("Range", "bytes=0-0"));

    Payload payload = Payload.of(gateway.cache.insteadOfError(fetch, 503));

    assertThat(payload.status()).isEqualTo(206);
    assertThat(payload.body()).asString().isEqualTo("o");
  }

  /** What is stored without a validator is kept for this alone. */
  @Test
  void insteadOfError_withoutAValidator() {
    TestGateway gateway = new TestGateway();
    gateway.answer(REQUEST, "old", "Cache-Control", "max-age=60");
    gateway.clock.advanceSeconds(119);

    assertThat(TestGateway.body(gateway.cache.insteadOfError(gateway.fetch(REQUEST), 503)))
        .isEqualTo("old");
    gateway.clock.advanceSeconds(1);
    assertThat(gateway.fetch(REQUEST).validation()).isNull();
  }

  private static Decision.Fetch stale(TestGateway gateway, String cacheControl, long elapsed) {
    gateway.answer(REQUEST, "old", "Cache-Control", cacheControl, "ETag", "\"1\"");
    gateway.clock.advanceSeconds(elapsed);
    return gateway.fetch(REQUEST);
  }
}
