package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §14.2 and RFC 9111 §3.3: requests for ranges of what is not stored as a whole. */
final class Rfc9110Section14PartTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600 + ETag: \"a\"";

  private static Reply part(String body, String range) {
    return Reply.of(206, body, lines(FRESH + " + Content-Range: bytes " + range));
  }

  @Test
  void nothingStored_rangeIsForwarded() throws IOException {
    Resource resource = resource(part("234", "2-4/10"));

    Answer answer = assertForwarded(resource, "Range: bytes=2-4 + If-Range: \"a\"");

    assertSent(resource, "Range", "bytes=2-4");
    assertSent(resource, "If-Range", "\"a\"");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.values("Content-Range")).containsExactly("bytes 2-4/10");
    assertThat(answer.body()).isEqualTo("234");
  }

  @Test
  void part_isNeverTheWhole() throws IOException {
    Resource resource = resource(part("01234", "0-4/10"), Reply.ok(SECOND));
    get(resource, "Range: bytes=0-4");

    assertThat(assertFetched(resource).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same            | bytes=2-6  | 2-6 | 23456
          its beginning       | bytes=2-3  | 2-3 | 23
          its middle          | bytes=3-5  | 3-5 | 345
          its end             | bytes=5-6  | 5-6 | 56
          one byte            | bytes=4-4  | 4-4 | 4
          """)
  void storedPart_answersWhatItContains(String rule, String range, String contentRange, String body)
      throws IOException {
    Resource resource = resource(part("23456", "2-6/10"), Reply.ok(SECOND));
    get(resource, "Range: bytes=2-6");

    Answer answer = assertNotForwarded("GET", resource, "Range: " + range);

    assertThat(answer.status()).as("%s", answer).isEqualTo(206);
    assertThat(answer.values("Content-Range")).containsExactly("bytes " + contentRange + "/10");
    assertThat(answer.body()).isEqualTo(body);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          before it             | bytes=0-1
          over its beginning    | bytes=1-3
          over its end          | bytes=5-7
          behind it             | bytes=7-9
          around it             | bytes=0-9
          open-ended            | bytes=2-
          suffix                | bytes=-4
          another range too     | bytes=2-3,8-9
          """)
  void storedPart_doesNotAnswerMore(String rule, String range) throws IOException {
    Resource resource = resource(part("23456", "2-6/10"), Reply.ok(SECOND));
    get(resource, "Range: bytes=2-6");

    Answer answer = assertFetched(resource, "Range: " + range);

    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }

  @Test
  void stalePart_isNotReused() throws IOException {
    Reply stale =
        Reply.of(
            206,
            "23456",
            lines("Cache-Control: max-age=10 + Age: 20 + Content-Range: bytes 2-6/10"));
    Resource resource = resource(stale, part("abcde", "2-6/10"));
    get(resource, "Range: bytes=2-6");

    assertThat(assertForwarded(resource, "Range: bytes=2-6").body()).isEqualTo("abcde");
  }

  /** An origin that ignores Range sends the whole. */
  @Test
  void wholeForARange_isStoredAsTheWhole() throws IOException {
    Resource resource = resource(FRESH);
    assertThat(get(resource, "Range: bytes=0-4").body()).isEqualTo(FIRST);

    assertReused(resource);
  }

  @Test
  void unsatisfiable_isPassedOn() throws IOException {
    Resource resource =
        resource(
            Reply.of(416, "", lines(FRESH + " + Content-Range: bytes */10")), Reply.ok(SECOND));

    Answer answer = get(resource, "Range: bytes=20-30");

    assertThat(answer.status()).isEqualTo(416);
    assertFetched(resource);
  }

  @Test
  void staleWhole_isValidatedForARange() throws IOException {
    Resource resource =
        resource(
            Reply.ok("0123456789", lines("Cache-Control: max-age=10 + Age: 20 + ETag: \"a\"")),
            Reply.notModified(lines(FRESH)));
    get(resource);

    Answer answer = assertForwarded(resource, "Range: bytes=2-4");

    assertThat(answer.status()).as("%s", answer).isEqualTo(206);
    assertThat(answer.body()).isEqualTo("234");
    assertSent(resource, "If-None-Match", "\"a\"");
  }
}
