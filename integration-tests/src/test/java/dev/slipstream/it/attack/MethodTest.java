package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.ReceivedRequest;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The answer to one method is not given to another, nor is that to a GET with content. A cache that
 * goes by the URL gives the answer to an attacker's POST, or the empty one to HEAD, to every GET.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
final class MethodTest extends AttackTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "PROPFIND",
        "QUERY",
        "get",
        "GETX"
      })
  void answerToAnotherMethod_isNotGivenToGet(String method) throws IOException {
    for (String area : new String[] {"plain", "ruled"}) {
      Resource resource =
          resource(area)
              .answers(request -> Reply.ok("x", FRESH, "X-Method: <" + request.method() + ">"));
      send(method, resource.path());

      Answer answer = get(resource.path());

      assertOutOfReach(answer, "<" + method + ">");
    }
  }

  /** HEAD may be answered from GET's answer, without its content. */
  @Test
  void answerToGet_isGivenToHeadWithoutContent() throws IOException {
    Resource resource = resource("plain").answers(request -> Reply.ok("content", FRESH));
    get(resource.path());

    Answer head = send("HEAD", resource.path());

    assertThat(head.values("Content-Length")).containsExactly("7");
    try (var other = anotherConnection()) {
      assertThat(other.get(resource.path()).body()).isEqualTo("content");
    }
  }

  /** GET with content ("fat GET"): an origin that reads it answers what nobody else asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Type: application/x-www-form-urlencoded", "X-None: 1"})
  void answerToContentOfGet_isNotGivenToGetWithout(String field) throws IOException {
    for (String area : new String[] {"plain", "ruled"}) {
      Resource resource =
          resource(area).answers(request -> Reply.ok("<" + request.body() + ">", FRESH));
      send("GET", resource.path(), "lang=evil", List.of(field));

      assertOutOfReach(get(resource.path()), "<lang=evil>");
    }
  }

  /** Where a rule has POST cached, its content and who sent it tell answers apart. */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          other content          | a=2  | Content-Type: text/plain
          longer content         | a=1& | Content-Type: text/plain
          another type           | a=1  | Content-Type: application/x-www-form-urlencoded
          an identity            | a=1  | Content-Type: text/plain + Authorization: Bearer alice
          a cookie               | a=1  | Content-Type: text/plain + Cookie: SID=alice
          """)
  void answerToPost_isNotGivenToAnother(String attacked, String content, String fields)
      throws IOException {
    for (String area : new String[] {"posted", "posted-by-each"}) {
      for (boolean victimFirst : new boolean[] {true, false}) {
        Resource resource = resource(area).answers(MethodTest::repeating);
        List<String> plain = List.of("Content-Type: text/plain");
        List<String> other = List.of(lines(fields));
        Answer planted =
            victimFirst
                ? send("POST", resource.path(), "a=1", plain)
                : send("POST", resource.path(), content, other);

        assertOutOfReach(
            victimFirst
                ? send("POST", resource.path(), content, other)
                : send("POST", resource.path(), "a=1", plain),
            planted.body());
        assertOutOfReach(get(resource.path()), planted.body());
      }
    }
  }

  private static Reply repeating(ReceivedRequest request) {
    return Reply.ok(
        asker(request) + request.method() + request.values("Content-Type") + request.body() + ">",
        FRESH);
  }

  /** Part of an answer is not given for the whole of it. */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first byte     | bytes=0-0   | Content-Range: bytes 0-0/9
          no unit known  | lines=0-0   | Content-Range: lines 0-0/9
          no range told  | bytes=0-0   | X-None: 1
          """)
  void answerToRange_isNotGivenForTheWhole(String attacked, String range, String told)
      throws IOException {
    Resource resource = resource("plain");
    resource.replies(Reply.of(206, "(", FRESH, "ETag: \"1\"", told), Reply.ok("(whole)", FRESH));
    get(resource.path(), "Range: " + range);

    assertOutOfReach(get(resource.path()), way.isNaive() ? "(" : "206");
    if (!way.isNaive()) {
      assertThat(get(resource.path()).body()).isEqualTo("(whole)");
    }
  }
}
