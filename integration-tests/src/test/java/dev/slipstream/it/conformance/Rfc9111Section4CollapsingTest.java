package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9111 §4: one answer for requests at the same time, if each of them could have been answered
 * with it from the cache.
 */
final class Rfc9111Section4CollapsingTest extends ConformanceTest {
  private final CountDownLatch release = new CountDownLatch(1);

  /** The first reply has the fields, the second says that it is for the second request. */
  private Resource held(String fields) {
    return resource(
        Reply.ok(FIRST, lines(fields)).heldUntil(release),
        Reply.ok(SECOND, "Cache-Control: no-store").heldUntil(release));
  }

  @Test
  void answerForAll_isNotFetchedAgainAfterwards() throws IOException {
    String fields = "Cache-Control: max-age=3600";
    Resource resource =
        resource(
            Reply.ok(FIRST, fields).heldUntil(release), Reply.ok(FIRST, fields).heldUntil(release));

    List<Answer> answers = getTogether(resource, "", "", release);

    assertThat(answers).extracting(Answer::body).containsExactly(FIRST, FIRST);
    assertReused(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no-store            | Cache-Control: no-store                    | X-None: 1 | X-None: 1
          private             | Cache-Control: private, max-age=3600       | X-None: 1 | X-None: 1
          no-cache            | Cache-Control: no-cache                    | X-None: 1 | X-None: 1
          stale at once       | Cache-Control: max-age=0                   | X-None: 1 | X-None: 1
          must-revalidate     | Cache-Control: max-age=0, must-revalidate  | X-None: 1 | X-None: 1
          nothing stated      | Content-Type: text/plain                   | X-None: 1 | X-None: 1
          another variant     | Cache-Control: max-age=3600 + Vary: X-One  | X-One: 1  | X-One: 2
          every variant       | Cache-Control: max-age=3600 + Vary: *      | X-One: 1  | X-One: 1
          authorized          | Cache-Control: max-age=3600                | Authorization: Basic YTo= | X-None: 1
          authorized, both    | Cache-Control: max-age=3600                | Authorization: Basic YTo= | Authorization: Basic Yjo=
          the second no-cache | Cache-Control: max-age=3600                | X-None: 1 | Cache-Control: no-cache
          """)
  void answerForOne_reachesNoOther(String rule, String fields, String first, String second) {
    Resource resource = held(fields);

    List<Answer> answers = getTogether(resource, first, second, release);

    assertThat(answers).extracting(Answer::body).containsExactly(FIRST, SECOND);
    assertThat(resource.requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"500", "503"})
  void error_isNotForAll(int status) {
    Resource resource =
        resource(Reply.of(status, FIRST).heldUntil(release), Reply.ok(SECOND).heldUntil(release));

    List<Answer> answers = getTogether(resource, "", "", release);

    assertThat(answers.get(1).body()).isEqualTo(SECOND);
  }

  @Test
  void noAnswer_isNotForAll() {
    Resource resource =
        resource(Reply.none().heldUntil(release), Reply.ok(SECOND).heldUntil(release));

    List<Answer> answers = getTogether(resource, "", "", release);

    assertThat(answers.get(0).status()).isEqualTo(502);
    assertThat(answers.get(1).body()).isEqualTo(SECOND);
  }

  @Test
  void cutAnswer_isNotForAll() {
    Resource resource =
        resource(
            Reply.ok(FIRST, "Cache-Control: max-age=3600").cutAfter(5).heldUntil(release),
            Reply.ok(SECOND).heldUntil(release));

    List<Answer> answers = getTogether(resource, "", "", release);

    assertThat(answers.get(0).complete()).isFalse();
    assertThat(answers.get(1).body()).isEqualTo(SECOND);
    assertThat(answers.get(1).complete()).isTrue();
  }
}
