package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §4.2.2: a tenth of the time since the last modification, where nothing is stated. */
final class Rfc9111Section422HeuristicTest extends ConformanceTest {
  private static final String TEN_DAYS = "Last-Modified: {now-10d}";

  @ParameterizedTest
  @ValueSource(ints = {200, 203, 300, 301, 308, 404, 405, 410, 414, 501})
  void heuristicallyCacheable_isReused(int status) throws IOException {
    Resource resource = resource(Reply.of(status, FIRST, lines(TEN_DAYS)), Reply.ok(SECOND));
    get(resource);

    assertThat(assertReused(resource).status()).isEqualTo(status);
  }

  @Test
  void status204_isReused() throws IOException {
    Resource resource = resource(Reply.of(204, "", lines(TEN_DAYS)), Reply.ok(SECOND));
    get(resource);

    assertThat(assertNotForwarded("GET", resource, "").status()).isEqualTo(204);
  }

  @Test
  void status206_isReusedForItsRange() throws IOException {
    String fields = TEN_DAYS + " + Content-Range: bytes 0-15/100 + ETag: \"a\"";
    Resource resource = resource(Reply.of(206, FIRST, lines(fields)), Reply.ok(SECOND));
    get(resource, "Range: bytes=0-15");

    assertThat(assertReused(resource, "Range: bytes=0-15").status()).isEqualTo(206);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {201, 202, 299, 302, 303, 307, 400, 403, 409, 429, 499, 500, 502, 503, 504, 599})
  void otherStatus_isNotReused(int status) throws IOException {
    Resource resource = resource(Reply.of(status, FIRST, lines(TEN_DAYS)), Reply.ok(SECOND));
    get(resource);

    assertFetched(resource);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 299, 302, 307, 403, 404, 499, 500, 599})
  void publicStatus_isReused(int status) throws IOException {
    String fields = TEN_DAYS + " + Cache-Control: public";
    Resource resource = resource(Reply.of(status, FIRST, lines(fields)), Reply.ok(SECOND));
    get(resource);

    assertThat(assertReused(resource).status()).isEqualTo(status);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          older than a tenth         | Last-Modified: {now-10d} + Age: 90000
          older than an hour         | Last-Modified: {now-100d} + Age: 3700
          older than a tenth by Date | Last-Modified: {now-100s} + Date: {now-50s}
          modified just now          | Last-Modified: {now} + Date: {now}
          modified in the future     | Last-Modified: {now+10d}
          modified at no time        | Last-Modified: never
          no modification            | ETag: a
          public, no modification    | Cache-Control: public
          max-age                    | Last-Modified: {now-10d} + Cache-Control: max-age=0
          max-age that is no number  | Last-Modified: {now-10d} + Cache-Control: max-age=abc
          s-maxage                   | Last-Modified: {now-10d} + Cache-Control: s-maxage=0
          Expires                    | Last-Modified: {now-10d} + Expires: {now-1h}
          Expires that is no date    | Last-Modified: {now-10d} + Expires: 0
          no-cache                   | Last-Modified: {now-10d} + Cache-Control: no-cache
          no-store                   | Last-Modified: {now-10d} + Cache-Control: no-store
          private                    | Last-Modified: {now-10d} + Cache-Control: private
          """)
  void stale_isNotReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertFetched(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          younger than a tenth   | Last-Modified: {now-5h} + Age: 1200
          as in RFC 850          | Last-Modified: {rfc850 now-10d}
          as asctime writes it   | Last-Modified: {asctime now-10d}
          unknown directives     | Last-Modified: {now-10d} + Cache-Control: unknown
          """)
  void fresh_isReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertReused(resource);
  }

  /** RFC 9111 §4.2.2, the note: a query changes nothing. */
  @Test
  void query_isNoObstacle() throws IOException {
    Resource resource = resource(TEN_DAYS);
    send("GET", resource.path() + "?a", "");

    assertThat(send("GET", resource.path() + "?a", "").body()).isEqualTo(FIRST);
  }
}
