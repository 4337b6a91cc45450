package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the optimizer may change for an endpoint, and what it may not. */
class EndpointTermsTest {
  private static final TestRequest REQUEST = TestRequest.get("/a");
  private static final String ENDPOINT = "GET /a";
  private static final String LONG = "a long body ".repeat(200);

  private final TestGateway gateway = new TestGateway();

  private void staleFor(long seconds) {
    gateway.cache.endpointTerms().change(ENDPOINT, terms -> terms.withStaleMillis(seconds * 1_000));
  }

  @Test
  void staleMillis_ruledAnswer_isServedWhileItIsRefreshed() {
    gateway.withRule("pattern: /a, ttl: 60s");
    gateway.answer(REQUEST, "one");
    staleFor(30);

    gateway.clock.advanceSeconds(89);
    Decision.Serve stale = gateway.serve(REQUEST);
    assertThat(stale.refresh()).isNotNull();
    assertThat(stale.cacheStatus()).contains("stale-while-revalidate");

    gateway.clock.advanceSeconds(1);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @Test
  void staleMillis_takenBack_isServedNoMore() {
    gateway.withRule("pattern: /a, ttl: 60s");
    gateway.answer(REQUEST, "one");
    staleFor(30);
    gateway.clock.advanceSeconds(70);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("one");

    staleFor(0);

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
    assertThat(gateway.cache.endpointTerms().changed()).isNull();
  }

  @Test
  void staleMillis_isNoLongerThanTheFreshnessLifetime() {
    gateway.withRule("pattern: /a, ttl: 10s");
    gateway.answer(REQUEST, "one");
    staleFor(60);

    gateway.clock.advanceSeconds(19);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("one");
    gateway.clock.advanceSeconds(1);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  /** RFC 9111 §4.2.4, §5.2.2.2: what the operator or the origin has decided stays. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pattern: /a, ttl: 60s, never_stale: true         | max-age=60",
        "pattern: /a, ttl: 60s, stale_while_revalidate: 0 | max-age=60",
        "pattern: /a, ttl: 60s                            | max-age=60, must-revalidate",
        "pattern: /a, ttl: 60s                            | max-age=60, proxy-revalidate",
        "pattern: /a, ttl: 60s                            | s-maxage=60",
        "pattern: /other, ttl: 60s                        | max-age=60",
      })
  void staleMillis_whereStaleAnswersAreNotAllowed_changesNothing(String rule, String control) {
    gateway.withRule(rule);
    gateway.answer(REQUEST, "one", "Cache-Control", control);
    staleFor(30);

    gateway.clock.advanceSeconds(65);

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @Test
  void staleMillis_requestWithCredentials_isNotGivenWhatIsStale() {
    gateway.withRule("pattern: /a, ttl: 60s, ignore_credentials: true");
    gateway.answer(REQUEST, "one");
    staleFor(30);
    gateway.clock.advanceSeconds(65);

    assertThat(gateway.outcome(TestRequest.get("/a").field("Authorization", "Basic eA==")))
        .isEqualTo("fetch");
  }

  @Test
  void staleMillis_otherEndpoint_isAsBefore() {
    gateway.withRule("pattern: /*, ttl: 60s");
    gateway.answer(TestRequest.get("/b"), "one");
    staleFor(30);
    gateway.clock.advanceSeconds(65);

    assertThat(gateway.outcome(TestRequest.get("/b"))).isEqualTo("fetch");
  }

  @Test
  void stored_false_storesNothingNewAndServesWhatIsThere() {
    gateway.answer(REQUEST, "one", "Cache-Control", "max-age=60");
    gateway.cache.endpointTerms().change(ENDPOINT, terms -> terms.withStored(false));

    assertThat(gateway.outcome(REQUEST)).isEqualTo("one");
    gateway.clock.advanceSeconds(60);
    assertThat(gateway.fetch(REQUEST).store()).isFalse();

    gateway.cache.endpointTerms().change(ENDPOINT, terms -> terms.withStored(true));
    assertThat(gateway.fetch(REQUEST).store()).isTrue();
  }

  @Test
  void gzip_keepsTheBodyInGzipWithVaryAndAWeakTag() {
    gateway.cache.endpointTerms().change(ENDPOINT, terms -> terms.withGzip(true));
    gateway.answer(
        REQUEST,
        LONG,
        "Cache-Control",
        "max-age=60",
        "Content-Type",
        "text/plain",
        "ETag",
        "\"1\"");

    Payload payload =
        Payload.of(gateway.serve(TestRequest.get("/a").field("Accept-Encoding", "gzip")));

    assertThat(payload.body()).hasSizeLessThan(LONG.length() / 2);
    assertThat(payload.fields().first("Content-Encoding")).isEqualTo("gzip");
    assertThat(payload.fields().first("Vary")).isEqualTo("Accept-Encoding");
    assertThat(payload.fields().first("ETag")).isEqualTo("W/\"1\"");
    assertThat(Payload.of(gateway.serve(REQUEST)).body()).hasSize(LONG.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60, no-transform | text/plain | X-None",
        "max-age=60               | image/png  | X-None",
        "max-age=60               | text/plain | Content-Encoding",
      })
  void gzip_whereItMayNotBe_isLeftAsItIs(String control, String type, String encodingField) {
    gateway.cache.endpointTerms().change(ENDPOINT, terms -> terms.withGzip(true));
    gateway.answer(
        REQUEST, LONG, "Cache-Control", control, "Content-Type", type, encodingField, "br");

    Decision.Serve hit = gateway.serve(TestRequest.get("/a").field("Accept-Encoding", "gzip"));

    assertThat(hit.response().gzipped()).isNull();
  }

  @Test
  void bodyShare_half_boundsWhatIsCopied() {
    TestGateway small = new TestGateway("max_body=4KB");
    small.cache.endpointTerms().bodyShare(0.5);
    small.answer(REQUEST, "x".repeat(2_049), "Cache-Control", "max-age=60");
    assertThat(small.refusals(Refusal.TOO_LARGE)).isEqualTo(1);

    small.cache.endpointTerms().bodyShare(1);
    small.answer(REQUEST, "x".repeat(4_096), "Cache-Control", "max-age=60");
    assertThat(small.outcome(REQUEST)).hasSize(4_096);
  }
}
