package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An answer made for one identity reaches no other, whatever says who asks, and whatever makes the
 * answer fresh. A cache that goes by the URL gives the first asker's answer to all.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
final class IdentityTest extends AttackTest {
  private static final String ALICE = "Authorization: Bearer alice";

  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization            | Authorization: Bearer alice             | Authorization: Bearer mallory
          Proxy-Authorization      | Proxy-Authorization: Basic alice         | Proxy-Authorization: Basic mallory
          X-API-Key                | X-API-Key: alice                         | X-API-Key: mallory
          X-Auth-Token             | X-Auth-Token: alice                      | X-Auth-Token: mallory
          X-Forwarded-User         | X-Forwarded-User: alice                  | X-Forwarded-User: mallory
          a cookie                 | Cookie: SID=alice                        | Cookie: SID=mallory
          lower case               | authorization: Bearer alice              | authorization: Bearer mallory
          upper case, white space  | X-API-KEY: \t alice                      | x-api-key:mallory
          beside a harmless cookie | Cookie: _ga=1; SID=alice                 | Cookie: _ga=1; SID=mallory
          a second line of cookies | Cookie: _ga=1 + Cookie: SID=alice        | Cookie: _ga=1 + Cookie: SID=mallory
          nearly a harmless cookie | Cookie: _gax=alice                       | Cookie: _gax=mallory
          a cookie without a name  | Cookie: =alice                           | Cookie: =mallory
          a value in another case  | X-API-Key: alice                         | X-API-Key: ALICE
          a longer value           | X-API-Key: alice                         | X-API-Key: alice2
          another field            | X-API-Key: alice                         | X-Auth-Token: alice
          a second line            | X-API-Key: alice                         | X-API-Key: alice + X-API-Key: mallory
          two fields, exchanged    | X-API-Key: alice + X-Auth-Token: bob     | X-API-Key: bob + X-Auth-Token: alice
          two fields in one        | X-API-Key: alice + X-Auth-Token: bob     | X-API-Key: alicebob
          two cookies in one       | Cookie: SID=alice; TID=bob               | Cookie: SID=alice%3B TID=bob
          an empty credential      | X-API-Key: alice                         | X-API-Key:
          none                     | X-API-Key: alice                         |
          """)
  void answerOfOne_reachesNoOther(String attacked, String victim, String attacker)
      throws IOException {
    for (String area : new String[] {"plain", "ruled", "forced", "each"}) {
      Resource resource = resource(area).answers(request -> Reply.ok(asker(request), FRESH));
      String prize = get(resource.path(), lines(victim)).body();
      assertThat(prize).contains("alice");

      assertOutOfReach(get(resource.path(), lines(attacker)), prize);
      assertOutOfReach(get(resource.path()), prize);
    }
  }

  /** What an attacker has put there is not what the victim is given: the other way round. */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody's answer    |
          another's answer   | Authorization: Bearer mallory
          another's key      | X-API-Key: alice
          another's cookie   | Cookie: SID=alice
          """)
  void answerOfAnother_isNotGivenToOne(String attacked, String attacker) throws IOException {
    for (String area : new String[] {"plain", "ruled", "forced", "each"}) {
      Resource resource = resource(area).answers(request -> Reply.ok(asker(request), FRESH));
      String planted = get(resource.path(), lines(attacker)).body();

      assertOutOfReach(get(resource.path(), ALICE), planted);
    }
  }

  /** The control: an identity gets its own answer from the cache, so there was one to steal. */
  @ParameterizedTest
  @ValueSource(strings = {ALICE, "X-API-Key: alice", "Cookie: SID=alice; _ga=1"})
  void answerOfOne_isReusedForTheSame(String victim) throws IOException {
    Resource resource = resource("each").answers(request -> Reply.ok(asker(request), FRESH));
    String own = get(resource.path(), victim).body();

    awaitStored(resource, victim);

    assertThat(get(resource.path(), victim).body()).isEqualTo(own);
  }

  /**
   * {@code private} and {@code no-store} win over any rule, though the request says nothing of who
   * asks: the origin may know by what no cache knows of.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"private", "no-store", "private, max-age=3600", "PRIVATE", "max-age=9, No-Store"})
  void answerMarkedAsOnes_reachesNoOther(String marked) throws IOException {
    for (String area : new String[] {"plain", "ruled", "forced", "each", "static"}) {
      Resource resource = resource(area);
      resource.replies(Reply.ok("for the victim", "Cache-Control: " + marked), Reply.ok("own"));
      get(resource.path());

      assertOutOfReach(get(resource.path()), "for the victim");
    }
  }

  /** What is stale is no more everybody's than it was: not even while the origin is down. */
  @ParameterizedTest
  @ValueSource(strings = {"stale-if-error=600", "stale-while-revalidate=600"})
  void staleAnswerOfOne_reachesNoOther(String stale) throws IOException {
    Resource resource = resource("each");
    String old = "Cache-Control: max-age=1, " + stale;
    resource.replies(Reply.ok("for the victim", old, "Age: 5"), Reply.of(503, "down"));
    get(resource.path(), ALICE);

    Answer answer = get(resource.path(), "Authorization: Bearer mallory");

    if (way.isNaive()) {
      assertOutOfReach(answer, "for the victim");
    } else {
      assertThat(answer.body()).isEqualTo("down");
    }
  }
}
