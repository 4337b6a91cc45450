package dev.slipstream.it.attack;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A path that a cache and an origin read differently gains nothing: neither does somebody's page
 * come under a rule for files, nor an attacker's answer under another's URL.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
final class PathTest extends AttackTest {
  private static final String ALICE = "Cookie: SID=alice";

  /**
   * Cache deception: the victim is made to follow a link to its own page under a name that a rule
   * takes for a file's. A cache that goes by the ending keeps that page for the attacker.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x.css",
        ";x.css",
        "%3Bx.css",
        "/;x.css",
        "%2Fx.css",
        "%2F%2e%2e%2Fx.css",
        "/..%2Fx.css",
        "%00.css",
        "%0Ax.css",
        "%23x.css",
        "%3Fx.css",
        "/./x.css",
        "//x.css",
        "/%5Cx.css"
      })
  void pageUnderTheNameOfAFile_isNotKept(String ending) throws IOException {
    Resource page = resource("account").answers(request -> Reply.ok(asker(request)));
    String target = page.path() + ending;
    Answer seen = alone(target, ALICE);

    Answer stolen = alone(target);

    if (way.isNaive() || seen.status() == 200) {
      assertOutOfReach(stolen, "alice");
    }
  }

  /**
   * A rule whose answers are for everyone is not extended to other paths by dot segments and the
   * like. A cache that applies it by the beginning of the path keeps a page of one for all.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../account",
        "/..;/account",
        "/..;x=y/account",
        "/%2e%2e/account",
        "/%2E%2E;/account",
        "/.%2e/account",
        "/..%2faccount",
        "/..%5caccount",
        "/..\\account",
        "/%252e%252e/account",
        "/..%252faccount",
        "/.//../account",
        "/;/../account",
        "/%2f../account"
      })
  void ruleForEveryone_isNotExtendedToOtherPaths(String detour) throws IOException {
    Resource files = resource("static").answers(request -> Reply.ok(asker(request)));
    String target = files.path() + detour;
    origin().resourceAt(way.prefix() + "/static/account").answers(r -> Reply.ok(asker(r)));
    origin().resourceAt(way.prefix() + "/account").answers(r -> Reply.ok(asker(r)));
    alone(target, ALICE);

    assertOutOfReach(alone(target), "alice");
  }

  /**
   * A path that means the same to some, but is written otherwise, is another path. A cache that
   * tidies paths up gives the attacker's answer to the victim.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%70age",
        "/page;evil",
        "/page;jsessionid=evil",
        ";evil/page",
        "/./page",
        "//page",
        "/x/../page",
        "/x/..;/page",
        "/x/%2e%2e/page",
        "\\page",
        "%2Fpage",
        "%5Cpage"
      })
  void pathWrittenOtherwise_isAnotherPath(String written) throws IOException {
    for (String area : new String[] {"plain", "ruled", "static"}) {
      Resource resource =
          resource(area).answers(request -> Reply.ok("<" + request.target() + ">", FRESH));
      String planted = alone(resource.path() + written).body();

      Answer answer = alone(resource.path() + "/page");

      assertOutOfReach(answer, planted);
    }
  }

  /** On a connection of its own: containers end it after what they refuse. */
  private Answer alone(String target, String... fields) throws IOException {
    try (HttpConnection connection = anotherConnection()) {
      return connection.get(target, fields);
    }
  }
}
