package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §3.2: what a 304 changes in the fields of the stored response. */
final class Rfc9111Section32UpdatingTest extends ConformanceTest {
  private static final String STALE = "Cache-Control: max-age=10 + Age: 20 + ETag: \"a\" + ";
  private static final String STILL_VALID = "Cache-Control: max-age=3600 + ETag: \"a\" + ";

  /** The answer made from the 304, and one from what is stored thereafter. */
  private List<Answer> updated(String stored, String update) throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(STALE + stored)), Reply.notModified(lines(STILL_VALID + update)));
    get(resource);
    Answer validated = assertForwarded(resource, "");
    assertThat(validated.status()).as("%s", validated).isEqualTo(200);
    assertThat(validated.body()).isEqualTo(FIRST);
    return List.of(validated, assertReused(resource));
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replaced                   | X-F: old            | X-F: new              | new
          every line is replaced     | X-F: old + X-F: 2   | X-F: new              | new
          replaced by several lines  | X-F: old            | X-F: new + X-F: newer | new;newer
          in any case of the name    | X-F: old            | x-f: new              | new
          added                      | X-Other: 1          | X-F: new              | new
          kept                       | X-F: old            | X-Other: 1            | old
          """)
  void field(String rule, String stored, String update, String expected) throws IOException {
    for (Answer answer : updated(stored, update)) {
      assertThat(answer.values("X-F")).as("%s", answer).containsExactly(expected.split(";"));
    }
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Expires          | Thu, 31 Dec 2099 23:59:59 GMT
          Last-Modified    | Sat, 29 Feb 2020 12:34:56 GMT
          Content-Language | fr
          Date             | {now-30s}
          """)
  void metadata_isReplaced(String name, String value) throws IOException {
    String sent = Times.in(value);
    String stored = name.equals("Date") ? "Date: {now-60s}" : name + ": old";

    for (Answer answer : updated(stored, name + ": " + sent)) {
      assertThat(answer.values(name)).as("%s", answer).containsExactly(sent);
    }
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same          | 16
          that of no body   | 0
          another           | 5
          """)
  void contentLength_isNotReplaced(String rule, String length) throws IOException {
    for (Answer answer : updated("X-F: 1", "Content-Length: " + length)) {
      assertThat(answer.values("Content-Length")).as("%s", answer).isSubsetOf("16");
      assertThat(answer.complete()).isTrue();
    }
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          named in Connection  | X-F  | Connection: X-F + X-F: new
          Proxy-Authenticate   | Proxy-Authenticate | Proxy-Authenticate: new
          """)
  void fieldThatIsNotStored_isNotUpdated(String rule, String name, String update)
      throws IOException {
    Answer reused = updated("X-Other: 1", update).get(1);

    assertThat(reused.values(name)).as("%s", reused).isEmpty();
  }
}
