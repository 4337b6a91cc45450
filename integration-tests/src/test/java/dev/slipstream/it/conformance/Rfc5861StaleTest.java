package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5861: stale while the cache asks again (§3), and stale instead of an error (§4). */
final class Rfc5861StaleTest extends ConformanceTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final String WHILE_REVALIDATE =
      "Cache-Control: max-age=10, stale-while-revalidate=60 + Age: 20";
  private static final String IF_ERROR = "Cache-Control: max-age=10, stale-if-error=100";
  private static final String FRESH = "Cache-Control: max-age=3600 + ETag: \"b\"";

  /** A servlet that goes asynchronous cannot be run without a client. */
  private void leavesItToTheNextRequest() throws IOException {
    Resource resource =
        resource(Reply.ok(FIRST, lines(WHILE_REVALIDATE)), Reply.ok(SECOND, lines(FRESH)));
    get(resource);

    assertThat(get(resource).body()).isEqualTo(FIRST);
    await().atMost(LONGEST).until(() -> get(resource).body().equals(SECOND));
    assertThat(resource.requests()).isEqualTo(2);
  }

  @Test
  void whileRevalidate_answersAtOnceAndAsksOnce() throws IOException {
    if (proxy.isAsynchronous()) {
      leavesItToTheNextRequest();
      return;
    }
    CountDownLatch release = new CountDownLatch(1);
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(WHILE_REVALIDATE)),
            Reply.ok(SECOND, lines(FRESH)).heldUntil(release));
    get(resource);

    Answer stale;
    try {
      stale = get(resource);
      await().atMost(LONGEST).until(() -> resource.requests() == 2);
      assertThat(get(resource).body()).as("while the origin is asked").isEqualTo(FIRST);
    } finally {
      release.countDown();
    }

    assertThat(stale.body()).as("%s", stale).isEqualTo(FIRST);
    assertThat(Integer.parseInt(stale.values("Age").get(0))).isGreaterThanOrEqualTo(20);
    await().atMost(LONGEST).until(() -> get(resource).body().equals(SECOND));
    assertThat(resource.requests()).isEqualTo(2);
  }

  @Test
  void whileRevalidate_validates() throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(WHILE_REVALIDATE + " + ETag: \"a\"")),
            Reply.notModified(lines("Cache-Control: max-age=3600 + ETag: \"a\" + X-New: 1")));
    get(resource);

    assertThat(get(resource).body()).isEqualTo(FIRST);

    await().atMost(LONGEST).until(() -> get(resource).values("X-New").contains("1"));
    assertSent(resource, "If-None-Match", "\"a\"");
    assertThat(resource.requests()).isEqualTo(2);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          after its time         | Cache-Control: max-age=10, stale-while-revalidate=60 + Age: 100
          zero                   | Cache-Control: max-age=10, stale-while-revalidate=0 + Age: 20
          no number              | Cache-Control: max-age=10, stale-while-revalidate=abc + Age: 20
          no argument            | Cache-Control: max-age=10, stale-while-revalidate + Age: 20
          with must-revalidate   | Cache-Control: max-age=10, stale-while-revalidate=60, must-revalidate + Age: 20
          with proxy-revalidate  | Cache-Control: max-age=10, stale-while-revalidate=60, proxy-revalidate + Age: 20
          with no-cache          | Cache-Control: max-age=10, stale-while-revalidate=60, no-cache + Age: 20
          """)
  void whileRevalidate_isNotAllowed(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertFetched(resource);
  }

  @Test
  void whileRevalidate_isNotForAClientThatWantsNoStaleAnswer() throws IOException {
    Resource resource = resource(WHILE_REVALIDATE);
    get(resource);

    assertFetched(resource, "Cache-Control: no-cache");
  }

  @Test
  void whileRevalidate_whileFresh_asksNobody() throws IOException {
    Resource resource = resource("Cache-Control: max-age=3600, stale-while-revalidate=60");
    get(resource);

    assertReused(resource);
    assertReused(resource);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void ifError_serverError_isServedStale(int status) throws IOException {
    Resource resource =
        resource(Reply.ok(FIRST, lines(IF_ERROR + " + Age: 20")), Reply.of(status, SECOND));
    get(resource);

    Answer answer = assertForwarded(resource, "");

    assertStale(answer);
  }

  /** Longer than this cache serves stale answers without the directive. */
  @Test
  void ifError_noAnswer_isServedStale() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, lines(IF_ERROR + " + Age: 100")), Reply.none());
    get(resource);

    assertStale(assertForwarded(resource, ""));
  }

  @Test
  void ifError_validating_isServedStale() throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(IF_ERROR + " + Age: 20 + ETag: \"a\"")), Reply.of(503, SECOND));
    get(resource);

    assertStale(assertForwarded(resource, ""));
    assertSent(resource, "If-None-Match", "\"a\"");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          after its time, 500         | Cache-Control: max-age=10, stale-if-error=100 + Age: 200 | 500
          after its time, 503         | Cache-Control: max-age=10, stale-if-error=100 + Age: 200 | 503
          zero                        | Cache-Control: max-age=10, stale-if-error=0 + Age: 200   | 500
          no number                   | Cache-Control: max-age=10, stale-if-error=abc + Age: 200 | 500
          with must-revalidate        | Cache-Control: max-age=10, stale-if-error=100, must-revalidate + Age: 20  | 500
          with proxy-revalidate       | Cache-Control: max-age=10, stale-if-error=100, proxy-revalidate + Age: 20 | 500
          with no-cache               | Cache-Control: max-age=10, stale-if-error=100, no-cache + Age: 20 | 500
          400                         | Cache-Control: max-age=10, stale-if-error=100 + Age: 20  | 400
          404                         | Cache-Control: max-age=10, stale-if-error=100 + Age: 20  | 404
          410                         | Cache-Control: max-age=10, stale-if-error=100 + Age: 20  | 410
          """)
  void ifError_isPassedOn(String rule, String fields, int status) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, lines(fields)), Reply.of(status, SECOND));
    get(resource);

    assertThat(assertFetched(resource).status()).isEqualTo(status);
  }

  @Test
  void ifError_anAnswer_isNotServedStale() throws IOException {
    Resource resource = resource(IF_ERROR + " + Age: 20");
    get(resource);

    assertFetched(resource);
  }

  private static void assertStale(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(FIRST);
    assertThat(answer.complete()).isTrue();
    assertThat(answer.values("Age")).hasSize(1);
    assertThat(Integer.parseInt(answer.values("Age").get(0))).isGreaterThanOrEqualTo(20);
  }
}
