package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answer to HEAD says about what is stored for GET (RFC 9111 §4.3.5). */
class HttpCacheHeadTest {
  private static final TestRequest REQUEST = TestRequest.get("/a");
  private static final TestRequest HEAD = TestRequest.of("HEAD", "/a");
  private static final String THEN = "Sun, 01 Mar 2026 11:00:00 GMT";
  private static final String LATER = "Sun, 01 Mar 2026 11:30:00 GMT";

  private final TestGateway gateway = new TestGateway();

  private Decision.Fetch stale() {
    gateway.answer(
        REQUEST, "old", "Cache-Control", "max-age=60", "ETag", "\"1\"", "Last-Modified", THEN);
    gateway.clock.advanceSeconds(61);
    return gateway.fetch(HEAD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ETag           | \"1\"   | true",
        "ETag           | \"2\"   | false",
        "Last-Modified  | " + THEN + " | true",
        "Last-Modified  | " + LATER + " | false",
        "Content-Length | 3       | true",
        "Content-Length | 4       | false",
        "X-New          | 1       | true",
      })
  void answeredHead_agrees_freshensElseDrops(String name, String value, boolean agrees) {
    gateway.cache.answeredHead(
        stale(), TestGateway.head(200, "Cache-Control", "max-age=60", name, value), new ReadSet());

    Decision next = gateway.decide(REQUEST);
    if (agrees) {
      assertThat(TestGateway.body((Decision.Serve) next)).isEqualTo("old");
    } else {
      assertThat(((Decision.Fetch) next).why()).isEqualTo(Forward.URI_MISS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 301, 304, 404, 500, 503})
  void answeredHead_withAnotherStatus_saysNothing(int status) {
    gateway.cache.answeredHead(
        stale(),
        TestGateway.head(status, "Cache-Control", "max-age=60", "ETag", "\"2\""),
        new ReadSet());

    assertThat(gateway.fetch(REQUEST).validation()).isNotNull();
  }

  @Test
  void answeredHead_nothingStored_saysNothing() {
    gateway.cache.answeredHead(
        gateway.fetch(HEAD), TestGateway.head(200, "Cache-Control", "max-age=60"), new ReadSet());

    assertThat(gateway.fetch(REQUEST).why()).isEqualTo(Forward.URI_MISS);
  }

  /** Law 2, RFC 9111 §3: fields that may not be stored from a 200 are not from HEAD either. */
  @ParameterizedTest
  @ValueSource(strings = {"private", "no-store", "private, max-age=60", "public, no-store"})
  void answeredHead_thatMayNotBeStored_freshensNothing(String cacheControl) {
    gateway.cache.answeredHead(
        stale(),
        TestGateway.head(200, "Cache-Control", cacheControl, "X-User", "me"),
        new ReadSet());

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  /** Law 2: a cookie that comes with it is that client's. */
  @Test
  void answeredHead_cookie_isNobodyElses() {
    gateway.cache.answeredHead(
        stale(),
        TestGateway.head(200, "Cache-Control", "max-age=60", "Set-Cookie", "SID=mine"),
        new ReadSet());

    Decision next = gateway.decide(REQUEST);
    if (next instanceof Decision.Serve serve) {
      assertThat(serve.response().fields().contains("Set-Cookie")).isFalse();
    }
  }

  /** It was made before the change and knows nothing of it (RFC 9111 §4.4). */
  @Test
  void answeredHead_afterAChangeOfTheUrl_bringsNothingBack() {
    Decision.Fetch fetch = stale();
    gateway.clock.advanceSeconds(1);
    gateway.cache.unsafe(TestRequest.of("PUT", "/a")).answered(204, null, null);
    gateway.clock.advanceSeconds(1);

    gateway.cache.answeredHead(
        fetch,
        TestGateway.head(200, "Cache-Control", "max-age=60", "ETag", "\"1\""),
        new ReadSet());

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  /** Likewise after an operator has flushed the cache. */
  @Test
  void answeredHead_afterAFlush_bringsNothingBack() {
    Decision.Fetch fetch = stale();
    gateway.flush();

    gateway.cache.answeredHead(
        fetch,
        TestGateway.head(200, "Cache-Control", "max-age=60", "ETag", "\"1\""),
        new ReadSet());

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }
}
