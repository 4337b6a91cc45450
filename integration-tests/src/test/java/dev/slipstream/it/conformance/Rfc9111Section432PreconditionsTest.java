package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.3.2 and RFC 9110 §13: a client's condition on a fresh response. */
final class Rfc9111Section432PreconditionsTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600 + ";

  private Answer fromFresh(String stored, String condition) throws IOException {
    Resource resource = resource(FRESH + stored);
    get(resource);
    return assertNotForwarded("GET", resource, condition);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the same tag              | ETag: "a"    | If-None-Match: "a"
          weak in the request       | ETag: "a"    | If-None-Match: W/"a"
          weak in the response      | ETag: W/"a"  | If-None-Match: "a"
          weak in both              | ETag: W/"a"  | If-None-Match: W/"a"
          the last of a list        | ETag: "a"    | If-None-Match: "x", W/"y" , "a"
          a list without spaces     | ETag: "a"    | If-None-Match: "x","a","y"
          a list with empty members | ETag: "a"    | If-None-Match: , "x",, "a"
          on a second line          | ETag: "a"    | If-None-Match: "x" + If-None-Match: "a"
          a tag with a comma        | ETag: "a,b"  | If-None-Match: "x", "a,b"
          any                       | ETag: "a"    | If-None-Match: *
          any, without a tag        | X-None: 1    | If-None-Match: *
          an empty tag              | ETag: ""     | If-None-Match: ""
          tag over a time           | ETag: "a" + Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | If-None-Match: "a" + If-Modified-Since: Fri, 28 Feb 2020 12:34:56 GMT
          """)
  void matchingTag_is304(String rule, String stored, String condition) throws IOException {
    assertNotModified(fromFresh(stored, condition));
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          another tag               | ETag: "a"    | If-None-Match: "b"
          another case              | ETag: "a"    | If-None-Match: "A"
          a list of others          | ETag: "a"    | If-None-Match: "x", "y"
          a part of the tag         | ETag: "a,b"  | If-None-Match: "a"
          a tag around the tag      | ETag: "a"    | If-None-Match: "a,b"
          no tag stored             | X-None: 1    | If-None-Match: "a"
          an asterisk in a tag      | ETag: "a"    | If-None-Match: "*"
          tag over a time           | ETag: "a" + Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | If-None-Match: "b" + If-Modified-Since: Sat, 29 Feb 2020 12:34:56 GMT
          """)
  void otherTag_is200(String rule, String stored, String condition) throws IOException {
    assertWhole(fromFresh(stored, condition));
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same time           | If-Modified-Since: Sat, 29 Feb 2020 12:34:56 GMT
          a second later          | If-Modified-Since: Sat, 29 Feb 2020 12:34:57 GMT
          later                   | If-Modified-Since: {now}
          as in RFC 850           | If-Modified-Since: Saturday, 29-Feb-20 12:34:56 GMT
          as asctime writes it    | If-Modified-Since: Sat Feb 29 12:34:56 2020
          in lower case           | If-Modified-Since: sat, 29 feb 2020 12:34:56 gmt
          """)
  void notModifiedSince_is304(String rule, String condition) throws IOException {
    assertNotModified(fromFresh("Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT", condition));
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a second earlier        | If-Modified-Since: Sat, 29 Feb 2020 12:34:55 GMT
          earlier, in RFC 850     | If-Modified-Since: Friday, 28-Feb-20 12:34:56 GMT
          earlier, by asctime     | If-Modified-Since: Fri Feb 28 12:34:56 2020
          no date                 | If-Modified-Since: never
          a number                | If-Modified-Since: 99999999999
          empty                   | If-Modified-Since:
          """)
  void modifiedSince_is200(String rule, String condition) throws IOException {
    assertWhole(fromFresh("Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT", condition));
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same time     | Sat, 29 Feb 2020 12:34:56 GMT | 304
          later             | Sat, 29 Feb 2020 12:34:57 GMT | 304
          earlier           | Sat, 29 Feb 2020 12:34:55 GMT | 200
          """)
  void withoutLastModified_dateCounts(String rule, String since, int status) throws IOException {
    // Fresh for thirty years, though years old by its Date.
    Resource resource =
        resource("Cache-Control: max-age=999999999 + Date: Sat, 29 Feb 2020 12:34:56 GMT");
    get(resource);

    Answer answer = assertNotForwarded("GET", resource, "If-Modified-Since: " + since);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
  }

  /** RFC 9110 §15.4.5: what a 304 has to repeat. */
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Cache-Control    | max-age=3600
          Content-Location | /elsewhere
          Date             | {now-50s}
          ETag             | "a"
          Expires          | Thu, 31 Dec 2099 23:59:59 GMT
          Vary             | X-One
          """)
  void notModified_repeatsTheField(String name, String value) throws IOException {
    String sent = Times.in(value);
    String field = name.equals("Cache-Control") ? "X-None: 1" : name + ": " + sent;
    String tag = name.equals("ETag") ? "" : " + ETag: \"a\"";

    Answer answer = fromFresh(field + tag, "If-None-Match: \"a\"");

    assertNotModified(answer);
    assertThat(answer.values(name)).as("%s", answer).containsExactly(sent);
    assertThat(answer.values("Age")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"404", "301", "410", "500"})
  void otherStatus_ignoresTheCondition(int status) throws IOException {
    Resource resource =
        resource(Reply.of(status, FIRST, lines(FRESH + "ETag: \"a\"")), Reply.ok(SECOND));
    get(resource);

    assertThat(assertReused(resource, "If-None-Match: \"a\"").status()).isEqualTo(status);
  }

  /** RFC 9111 §4.3.2: these are for the origin. */
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          If-Match              | "b"
          If-Unmodified-Since   | Fri, 28 Feb 2020 12:34:56 GMT
          """)
  void conditionForTheOrigin_isNotEvaluated(String name, String value) throws IOException {
    Resource resource =
        resource(
            Reply.ok(
                FIRST, lines(FRESH + "ETag: \"a\" + Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT")),
            Reply.of(412, SECOND));
    get(resource);

    Answer answer = assertForwarded(resource, name + ": " + value);

    assertThat(answer.status()).isEqualTo(412);
    assertSent(resource, name, value);
    assertReused(resource);
  }

  @Test
  void head_is304Too() throws IOException {
    Resource resource = resource(FRESH + "ETag: \"a\"");
    get(resource);

    assertNotModified(assertNotForwarded("HEAD", resource, "If-None-Match: \"a\""));
  }

  private static void assertNotModified(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  private static void assertWhole(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(FIRST);
  }
}
