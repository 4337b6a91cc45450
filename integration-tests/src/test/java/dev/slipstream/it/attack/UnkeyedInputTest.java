package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.ReceivedRequest;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an attacker's request makes the origin say is not said to others (cache poisoning). A cache
 * that goes by the URL gives everybody what the attacker's field or parameter has put there.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
final class UnkeyedInputTest extends AttackTest {
  /**
   * An origin behind a proxy that passes all fields on: it believes the field and says nothing of
   * it in Vary.
   */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host                        | X-Forwarded-Host: evil.example
          in lower case               | x-forwarded-host: evil.example
          with white space            | X-Forwarded-Host: \t evil.example
          two lines                   | X-Forwarded-Host: a.example + X-Forwarded-Host: evil.example
          scheme                      | X-Forwarded-Scheme: evil.example
          protocol                    | X-Forwarded-Proto: evil.example
          port                        | X-Forwarded-Port: evil.example
          prefix                      | X-Forwarded-Prefix: //evil.example
          server                      | X-Forwarded-Server: evil.example
          standard                    | Forwarded: host=evil.example
          another host                | X-Host: evil.example
          original URL                | X-Original-URL: /evil.example
          original host               | X-Original-Host: evil.example
          rewritten URL               | X-Rewrite-URL: /evil.example
          method override             | X-HTTP-Method-Override: evil.example
          method override, short      | X-HTTP-Method: evil.example
          method override, other name | X-Method-Override: evil.example
          origin of a script          | Origin: https://evil.example
          """)
  void fieldThatProxiesPassOn_shapesNoAnswerOfOthers(String attacked, String fields)
      throws IOException {
    for (String area : new String[] {"plain", "ruled"}) {
      Resource resource = resource(area).answers(UnkeyedInputTest::believing);
      assertThat(get(resource.path(), lines(fields)).body()).contains("evil");

      assertOutOfReach(get(resource.path()), "evil");
      assertOutOfReach(get(resource.path(), "X-None: 1"), "evil");
    }
  }

  private static Reply believing(ReceivedRequest request) {
    StringBuilder links = new StringBuilder("links:");
    request.fields().stream()
        .filter(field -> field.value().contains("evil"))
        .forEach(field -> links.append(' ').append(field.value()));
    return Reply.ok(links.toString(), FRESH);
  }

  /**
   * A rule that ignores some parameters, and the order of the others, ignores no more than that.
   */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a parameter after a semicolon | ?q=1&utm_x=1;q=evil | ?q=1
          a semicolon, first            | ?utm_x=1;q=evil&q=1 | ?q=1
          """)
  void parameterBehindAnIgnoredOne_counts(String attacked, String attacker, String victim)
      throws IOException {
    Resource resource = resource("campaigns").answers(request -> Reply.ok(request.target(), FRESH));
    get(resource.path() + attacker);

    assertOutOfReach(get(resource.path() + victim), "evil");
  }

  /** Two orders of one parameter are two requests, in whatever way its name is written. */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the name as it is      | ?q=evil&q=1     | ?q=1&q=evil
          the name encoded once  | ?q=evil&%71=1   | ?%71=1&q=evil
          """)
  void orderOfOneParameter_counts(String attacked, String attacker, String victim)
      throws IOException {
    Resource resource =
        resource("campaigns")
            .answers(request -> Reply.ok("<" + request.target().split("\\?", 2)[1] + ">", FRESH));
    get(resource.path() + attacker);

    assertOutOfReach(get(resource.path() + victim), "<" + attacker.substring(1) + ">");
  }

  /** The control: what such a rule ignores does share an answer. */
  @ParameterizedTest
  @CsvSource({"?utm_a=1&q=1,?q=1", "?a=1&q=1,?q=1&a=1"})
  void parameterThatIsIgnored_sharesTheAnswer(String first, String second) throws IOException {
    Resource resource = resource("campaigns").answers(request -> Reply.ok(request.target(), FRESH));
    Answer stored = get(resource.path() + first);

    assertThat(get(resource.path() + second).body()).isEqualTo(stored.body());
  }
}
