package dev.slipstream.it.attack;

import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cookie that was set for one client is set for no other. A cache that goes by the URL sets the
 * first client's session for all who come after.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
final class SetCookieTest extends AttackTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Set-Cookie: SID=alice",
        "set-cookie: SID=alice",
        "SET-COOKIE: SID=alice; Path=/; HttpOnly",
        "Set-Cookie: + Set-Cookie: SID=alice",
        "Set-Cookie2: SID=alice"
      })
  void cookieOfOne_isSetForNoOther(String field) throws IOException {
    for (String lifetime : new String[] {"max-age=3600", "public, s-maxage=3600, immutable"}) {
      for (String area : new String[] {"plain", "ruled", "forced", "each", "static"}) {
        Resource resource = resource(area);
        Reply cookie = Reply.ok("first", lines(field + " + Cache-Control: " + lifetime));
        resource.replies(cookie, Reply.ok("second"));
        get(resource.path());

        assertOutOfReach(get(resource.path()), "SID=alice");
      }
    }
  }
}
