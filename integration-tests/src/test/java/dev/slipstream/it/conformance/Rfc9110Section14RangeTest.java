package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14 and §15.3.7: parts of a stored whole. */
final class Rfc9110Section14RangeTest extends ConformanceTest {
  private static final String BODY = "0123456789";
  private static final String MODIFIED = "Sat, 29 Feb 2020 12:34:56 GMT";
  private static final String STORED =
      "Cache-Control: max-age=3600 + ETag: \"a\" + Last-Modified: " + MODIFIED;

  private Answer fromStored(String fields, String range) throws IOException {
    Resource resource = resource(Reply.ok(BODY, lines(fields)), Reply.ok(SECOND));
    get(resource);
    return assertNotForwarded("GET", resource, range);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from the first          | bytes=0-3        | 0-3 | 0123
          from within             | bytes=4-6        | 4-6 | 456
          the first byte          | bytes=0-0        | 0-0 | 0
          the last byte           | bytes=9-9        | 9-9 | 9
          open-ended              | bytes=4-         | 4-9 | 456789
          open-ended from first   | bytes=0-         | 0-9 | 0123456789
          past the end            | bytes=5-100      | 5-9 | 56789
          far past the end        | bytes=5-99999999999999999999 | 5-9 | 56789
          suffix                  | bytes=-3         | 7-9 | 789
          suffix of all           | bytes=-10        | 0-9 | 0123456789
          suffix of more          | bytes=-100       | 0-9 | 0123456789
          unit in any case        | Bytes=0-3        | 0-3 | 0123
          an empty member         | bytes=0-3 ,      | 0-3 | 0123
          """)
  void oneRange_is206(String rule, String range, String contentRange, String part)
      throws IOException {
    Answer answer = fromStored(STORED, "Range: " + range);

    assertThat(answer.status()).as("%s", answer).isEqualTo(206);
    assertThat(answer.values("Content-Range")).containsExactly("bytes " + contentRange + "/10");
    assertThat(answer.body()).isEqualTo(part);
    assertThat(answer.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
  void unsatisfiable_is416(String range) throws IOException {
    Answer answer = fromStored(STORED, "Range: " + range);

    assertThat(answer.status()).as("%s", answer).isEqualTo(416);
    assertThat(answer.values("Content-Range")).containsExactly("bytes */10");
    assertThat(answer.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=5-2",
        "bytes=a-b",
        "bytes=",
        "bytes=-",
        "bytes",
        "bytes 0-3",
        "bytes=0-3;5-6",
        "bytes=+0-3",
        "bytes=0--3",
        "lines=0-3",
        "=0-3",
        "bytes=0-3,x"
      })
  void invalidOrOfAnotherUnit_isIgnored(String range) throws IOException {
    assertWhole(fromStored(STORED, "Range: " + range));
  }

  /** So far apart that a sender has no reason to make one part of two (RFC 9110 §15.3.7.2). */
  @Test
  void severalRanges_areMultipart() throws IOException {
    Resource resource =
        resource(
            Reply.ok(BODY.repeat(200), lines(STORED + " + Content-Type: text/x-test")),
            Reply.ok(SECOND));
    get(resource);

    Answer answer = assertNotForwarded("GET", resource, "Range: bytes=0-1,1005-1006,-1");

    assertThat(answer.status()).as("%s", answer).isEqualTo(206);
    assertThat(answer.values("Content-Range")).as("not beside multipart").isEmpty();
    String type = answer.values("Content-Type").get(0);
    assertThat(type).matches("multipart/byteranges; ?boundary=\"?[^\";]+\"?");
    String boundary = type.replaceFirst(".*boundary=\"?([^\";]+)\"?", "$1");
    String[] parts = ("\r\n" + answer.body()).split("\r\n--" + Pattern.quote(boundary), -1);
    assertThat(parts).as("%s", answer).hasSize(5);
    assertPart(parts[1], "0-1", "01");
    assertPart(parts[2], "1005-1006", "56");
    assertPart(parts[3], "1999-1999", "9");
    assertThat(parts[4]).startsWith("--");
  }

  private static void assertPart(String part, String range, String content) {
    String[] headAndBody = part.split("\r\n\r\n", 2);
    assertThat(headAndBody[0].toLowerCase(Locale.ROOT))
        .contains("content-range: bytes " + range + "/2000")
        .contains("content-type: text/x-test");
    assertThat(headAndBody[1]).isEqualTo(content);
  }

  /**
   * RFC 9110 §15.3.7.2: one part is no multipart; §14.1.2: what cannot be satisfied is left out.
   */
  @Test
  void severalRanges_oneSatisfiable_isThatOne() throws IOException {
    Answer answer = fromStored(STORED, "Range: bytes=0-1,10-20");

    assertThat(answer.status()).as("%s", answer).isEqualTo(206);
    assertThat(answer.body()).contains("01").doesNotContain("012");
  }

  /** RFC 9110 §14.2: a sender of many overlapping ranges is owed the whole at most. */
  @Test
  void manyRanges_areNotMultiplied() throws IOException {
    Answer answer = fromStored(STORED, "Range: bytes=" + "0-,".repeat(200) + "0-");

    assertThat(answer.status()).as("%s", answer).isIn(200, 206, 416);
    assertThat(answer.body().length()).isLessThan(1000);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the strong tag          | ETag: "a"    | "a"
          the modification time   | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | Sat, 29 Feb 2020 12:34:56 GMT
          """)
  void ifRange_thatHolds_is206(String rule, String stored, String validator) throws IOException {
    Answer answer =
        fromStored(
            "Cache-Control: max-age=3600 + " + stored, "Range: bytes=0-3 + If-Range: " + validator);

    assertThat(answer.status()).as("%s", answer).isEqualTo(206);
    assertThat(answer.body()).isEqualTo("0123");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          another tag                  | ETag: "a"    | "b"
          weak in the request          | ETag: "a"    | W/"a"
          weak in the response         | ETag: W/"a"  | "a"
          weak in both                 | ETag: W/"a"  | W/"a"
          a list of tags               | ETag: "a"    | "a", "b"
          any                          | ETag: "a"    | *
          no tag stored                | X-None: 1    | "a"
          an earlier time              | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | Sat, 29 Feb 2020 12:34:55 GMT
          a later time                 | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | Sat, 29 Feb 2020 12:34:57 GMT
          no time stored               | X-None: 1    | Sat, 29 Feb 2020 12:34:56 GMT
          a time not yet strong        | Last-Modified: {now} + Date: {now} | {now}
          neither tag nor time         | ETag: "a"    | a
          """)
  void ifRange_thatFails_is200(String rule, String stored, String validator) throws IOException {
    assertWhole(
        fromStored(
            "Cache-Control: max-age=3600 + " + stored,
            "Range: bytes=0-3 + If-Range: " + validator));
  }

  @Test
  void ifRange_withoutRange_isIgnored() throws IOException {
    assertWhole(fromStored(STORED, "If-Range: \"b\""));
  }

  /** RFC 9110 §13.2.2: the condition comes first. */
  @Test
  void matchingTag_winsOverRange() throws IOException {
    Answer answer = fromStored(STORED, "Range: bytes=0-3 + If-None-Match: \"a\"");

    assertThat(answer.status()).as("%s", answer).isEqualTo(304);
  }

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
          X-Other          | 1
          """)
  void part_hasTheFieldOfTheWhole(String name, String value) throws IOException {
    String sent = Times.in(value);
    String field = name.equals("Cache-Control") ? "X-None: 1" : name + ": " + sent;

    Answer answer = fromStored("Cache-Control: max-age=3600 + " + field, "Range: bytes=0-3");

    assertThat(answer.status()).as("%s", answer).isEqualTo(206);
    assertThat(answer.values(name)).containsExactly(sent);
    assertThat(answer.values("Content-Length")).isSubsetOf("4");
    assertThat(answer.values("Age")).hasSize(1);
  }

  /** RFC 9110 §14.2: Range is for GET. */
  @Test
  void head_ignoresRange() throws IOException {
    Resource resource = resource(Reply.ok(BODY, lines(STORED)), Reply.ok(SECOND));
    get(resource);

    Answer head = assertNotForwarded("HEAD", resource, "Range: bytes=0-3");

    assertThat(head.status()).as("%s", head).isEqualTo(200);
    assertThat(head.values("Content-Length")).isSubsetOf("10");
    assertThat(head.values("Content-Range")).isEmpty();
  }

  /** RFC 9110 §14.2: a range is taken of what would be a 200. */
  @Test
  void otherStatus_ignoresRange() throws IOException {
    Resource resource = resource(Reply.of(404, BODY, lines(STORED)), Reply.ok(SECOND));
    get(resource);

    Answer answer = assertNotForwarded("GET", resource, "Range: bytes=0-3");

    assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    assertThat(answer.body()).isEqualTo(BODY);
  }

  private static void assertWhole(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(BODY);
    assertThat(answer.values("Content-Range")).isEmpty();
  }
}
