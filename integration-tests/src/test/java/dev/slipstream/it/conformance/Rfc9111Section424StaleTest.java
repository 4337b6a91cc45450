package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9111 §4.2.4: when a stale response may be served.
 *
 * <p>The proxy answers 502 where the origin ends without an answer: that is what being disconnected
 * looks like to a cache inside it. Without a directive about it, this cache serves what has been
 * stale for up to 60 s.
 */
final class Rfc9111Section424StaleTest extends ConformanceTest {
  private Resource disconnectedAfter(String fields) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, lines(fields)), Reply.none());
    assertThat(get(resource).body()).isEqualTo(FIRST);
    return resource;
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          must-revalidate            | Cache-Control: max-age=10, must-revalidate + Age: 20
          must-revalidate, validator | Cache-Control: max-age=10, must-revalidate + Age: 20 + ETag: "a"
          in any case                | Cache-Control: max-age=10, Must-Revalidate + Age: 20
          proxy-revalidate           | Cache-Control: max-age=10, proxy-revalidate + Age: 20
          s-maxage                   | Cache-Control: s-maxage=10 + Age: 20
          no-cache                   | Cache-Control: max-age=3600, no-cache + ETag: "a"
          no-cache, stale            | Cache-Control: max-age=10, no-cache + Age: 20 + ETag: "a"
          no-store                   | Cache-Control: max-age=10, no-store + Age: 20
          private                    | Cache-Control: max-age=10, private + Age: 20
          stale for too long         | Cache-Control: max-age=10 + Age: 200
          """)
  void prohibited_isAnError(String rule, String fields) throws IOException {
    Resource resource = disconnectedAfter(fields);

    Answer answer = assertForwarded(resource, "");

    assertThat(answer.status()).as("%s", answer).isIn(502, 504);
    assertThat(answer.body()).isNotEqualTo(FIRST);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          max-age                  | Cache-Control: max-age=10 + Age: 20
          with a validator         | Cache-Control: max-age=10 + Age: 20 + ETag: "a"
          with a modification time | Cache-Control: max-age=10 + Age: 20 + Last-Modified: {now-10d}
          Expires                  | Expires: {now-20s} + Date: {now-30s}
          by Date                  | Cache-Control: max-age=10 + Date: {now-20s}
          """)
  void disconnected_isServedStale(String rule, String fields) throws IOException {
    Resource resource = disconnectedAfter(fields);

    Answer answer = assertForwarded(resource, "");

    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(FIRST);
    assertThat(answer.complete()).isTrue();
    assertThat(answer.values("Age")).as("%s", answer).hasSize(1);
    assertThat(Integer.parseInt(answer.values("Age").get(0))).isBetween(20, 60);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-age   | Cache-Control: max-age=10 + Age: 20
          Expires   | Expires: {now-20s} + Date: {now-30s}
          """)
  void connected_isNotServedStale(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertFetched(resource);
  }

  @ParameterizedTest
  @CsvSource({"404", "403", "410", "400"})
  void connected_otherStatus_isPassedOn(int status) throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines("Cache-Control: max-age=10 + Age: 20")),
            Reply.of(status, SECOND));
    get(resource);

    assertThat(assertFetched(resource).status()).isEqualTo(status);
  }
}
