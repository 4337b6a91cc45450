package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §4.3.1, §4.3.3 and §4.3.4: asking whether a stored response is still valid. */
final class Rfc9111Section43ValidationTest extends ConformanceTest {
  private static final String MODIFIED = "Sat, 29 Feb 2020 12:34:56 GMT";
  private static final String LATER = "Sun, 01 Mar 2020 12:34:56 GMT";
  private static final String STALE = "Cache-Control: max-age=10 + Age: 20 + ";
  private static final String FRESH = "Cache-Control: max-age=3600 + ";

  private Resource stored(String fields, Reply... next) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, lines(fields))).replies(next);
    get(resource);
    return resource;
  }

  private static Reply stillValid(String fields) {
    return Reply.notModified(lines(FRESH + fields));
  }

  /** Fails unless the next GET is answered with the first body after a question to the origin. */
  private Answer assertValidated(Resource resource, String requestFields) throws IOException {
    Answer answer = assertForwarded(resource, requestFields);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(FIRST);
    assertThat(answer.complete()).isTrue();
    return answer;
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a strong tag          | "a"
          a weak tag            | W/"a"
          a tag with a comma    | "a, b"
          an empty tag          | ""
          a tag with a backslash | "a\\b"
          """)
  void etag_isSentAsStored(String rule, String tag) throws IOException {
    Resource resource = stored(STALE + "ETag: " + tag, stillValid("ETag: " + tag));

    assertValidated(resource, "");

    assertSent(resource, "If-None-Match", tag);
    assertReused(resource);
  }

  @Test
  void lastModified_isSentAsStored() throws IOException {
    String field = "Last-Modified: " + MODIFIED;
    Resource resource = stored(STALE + field, stillValid(field));

    assertValidated(resource, "");

    assertSent(resource, "If-Modified-Since", MODIFIED);
    assertReused(resource);
  }

  @Test
  void both_areSent() throws IOException {
    String fields = "ETag: \"a\" + Last-Modified: " + MODIFIED;
    Resource resource = stored(STALE + fields, stillValid(fields));

    assertValidated(resource, "");

    assertSent(resource, "If-None-Match", "\"a\"");
    assertSent(resource, "If-Modified-Since", MODIFIED);
  }

  @Test
  void neither_asksWithoutACondition() throws IOException {
    Resource resource = stored(STALE + "X-None: 1", Reply.ok(SECOND));

    assertFetched(resource);

    assertThat(resource.last().isConditional()).as("%s", resource.last()).isFalse();
  }

  @Test
  void otherFields_areThoseOfTheRequest() throws IOException {
    Resource resource = stored(STALE + "ETag: \"a\"", stillValid("ETag: \"a\""));

    assertValidated(resource, "X-One: 1 + X-One: 2");

    assertThat(resource.last().method()).isEqualTo("GET");
    assertThat(resource.last().values("X-One")).containsExactly("1", "2");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alone              | Cache-Control: no-cache
          beside a lifetime  | Cache-Control: max-age=3600, no-cache
          beside Expires     | Cache-Control: no-cache + Expires: {now+1h}
          """)
  void noCache_isValidatedEveryTime(String rule, String fields) throws IOException {
    Reply valid = Reply.notModified(lines(fields + " + ETag: \"a\""));
    Resource resource = stored(fields + " + ETag: \"a\"", valid, valid);

    for (int time = 0; time < 2; time++) {
      assertValidated(resource, "");
      assertSent(resource, "If-None-Match", "\"a\"");
    }
  }

  @Test
  void maxAgeZero_isValidated() throws IOException {
    String fields = "Cache-Control: max-age=0, must-revalidate + ETag: \"a\"";
    Resource resource = stored(fields, Reply.notModified(lines(fields)));

    assertValidated(resource, "");
    assertSent(resource, "If-None-Match", "\"a\"");
  }

  @Test
  void variant_isValidatedByItsOwnTag() throws IOException {
    String vary = STALE + "Vary: X-One + ";
    Resource resource =
        resource(
            Reply.ok(SECOND, lines(vary + "ETag: \"other\"")),
            Reply.ok(FIRST, lines(vary + "ETag: \"a\"")),
            stillValid("Vary: X-One + ETag: \"a\""));
    get(resource, "X-One: 1");
    get(resource, "X-One: 2");

    assertValidated(resource, "X-One: 2");

    assertThat(String.join(",", resource.last().values("If-None-Match"))).contains("\"a\"");
  }

  @Test
  void age_startsAnewWithTheValidation() throws IOException {
    Resource resource = stored(STALE + "ETag: \"a\"", stillValid("ETag: \"a\""));
    assertValidated(resource, "");

    Answer reused = assertReused(resource);
    assertThat(Integer.parseInt(reused.values("Age").get(0))).isLessThan(20);
  }

  @Test
  void fullAnswer_replaces() throws IOException {
    Resource resource =
        stored(STALE + "ETag: \"a\"", Reply.ok(SECOND, lines(FRESH + "ETag: \"b\"")));

    assertFetched(resource);
    assertSent(resource, "If-None-Match", "\"a\"");

    Answer third = assertNotForwarded("GET", resource, "");
    assertThat(third.body()).isEqualTo(SECOND);
    assertThat(third.values("ETag")).containsExactly("\"b\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 403, 301})
  void fullAnswerOfAnotherStatus_isPassedOn(int status) throws IOException {
    Resource resource = stored(STALE + "ETag: \"a\"", Reply.of(status, SECOND));

    assertThat(assertFetched(resource).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void serverError_whereStaleIsProhibited_isPassedOn(int status) throws IOException {
    Resource resource =
        stored(
            "Cache-Control: max-age=10, must-revalidate + Age: 20 + ETag: \"a\"",
            Reply.of(status, SECOND));

    assertThat(assertFetched(resource).status()).isEqualTo(status);
  }

  /** RFC 9111 §4.3.4: a strong validator of another response updates none. */
  @Test
  void notModified_forAnotherTag_freshensNothing() throws IOException {
    Resource resource =
        stored(
            STALE + "ETag: \"a\"", stillValid("ETag: \"b\""), Reply.ok(SECOND), Reply.ok(SECOND));
    get(resource);

    assertThat(get(resource).body()).isEqualTo(SECOND);
  }

  @Test
  void clientsOtherTag_getsTheWholeAnswer() throws IOException {
    Resource resource = stored(STALE + "ETag: \"a\"", stillValid("ETag: \"a\""));

    assertValidated(resource, "If-None-Match: \"b\"");

    assertThat(String.join(",", resource.last().values("If-None-Match"))).contains("\"a\"");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the same tag        | If-None-Match: "a"
          among others        | If-None-Match: "b", "a"
          any                 | If-None-Match: *
          the same time       | If-Modified-Since: Sat, 29 Feb 2020 12:34:56 GMT
          a later time        | If-Modified-Since: Sun, 01 Mar 2020 12:34:56 GMT
          """)
  void clientsCondition_isEvaluatedAfterTheValidation(String rule, String condition)
      throws IOException {
    String fields = "ETag: \"a\" + Last-Modified: " + MODIFIED;
    Resource resource = stored(STALE + fields, stillValid(fields));

    Answer answer = assertForwarded(resource, condition);

    assertThat(answer.status()).as("%s", answer).isEqualTo(304);
    assertThat(answer.values("ETag")).containsExactly("\"a\"");
    assertReused(resource);
  }

  @Test
  void clientsCondition_onAReplacedAnswer_isOfNoUse() throws IOException {
    Resource resource =
        stored(STALE + "Last-Modified: " + MODIFIED, Reply.ok(SECOND, "Last-Modified: " + LATER));

    assertThat(assertFetched(resource, "If-Modified-Since: " + MODIFIED).status()).isEqualTo(200);
  }

  /** What has no stored response to update goes to the client, who asked for it. */
  @Test
  void clientsCondition_withoutAStoredResponse_isForwarded() throws IOException {
    Resource resource = resource(Reply.notModified("ETag: \"a\""), Reply.ok(SECOND));

    Answer answer = assertForwarded(resource, "If-None-Match: \"a\"");

    assertThat(answer.status()).isEqualTo(304);
    assertSent(resource, "If-None-Match", "\"a\"");
    assertFetched(resource);
  }

  @Test
  void clientsCondition_answeredInFull_isStored() throws IOException {
    Resource resource = resource(FRESH + "ETag: \"a\"");
    assertForwarded(resource, "If-None-Match: \"b\"");

    assertReused(resource);
  }

  @Test
  void head_ofAStaleResponse_isValidated() throws IOException {
    Resource resource = stored(STALE + "ETag: \"a\"", stillValid("ETag: \"a\""));

    Answer head = send("HEAD", resource, "");

    assertThat(head.status()).as("%s", head).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.values("ETag")).containsExactly("\"a\"");
  }
}
