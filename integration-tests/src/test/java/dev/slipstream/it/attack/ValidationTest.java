package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What a 304, or an answer to HEAD, says to one client alone is not kept with the stored answer. A
 * cache that takes all fields over (RFC 9111 §3.2) sets the validating client's session for all who
 * come after. The naive cache has no part in this: it never validates.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(mode = Mode.EXCLUDE, names = "NAIVE")
final class ValidationTest extends AttackTest {
  private static final String STORED = "Cache-Control: public, max-age=60 + ETag: \"1\"";

  private static final String CASES =
      """
      a cookie              | Set-Cookie: SID=alice
      a cookie, still fresh | Set-Cookie: SID=alice + Cache-Control: public, max-age=60
      private               | X-Owner: SID=alice + Cache-Control: private, max-age=60
      not to be stored      | X-Owner: SID=alice + Cache-Control: no-store
      for one identity      | X-Owner: SID=alice + Cache-Control: max-age=60
      """;

  @ParameterizedTest(name = CASE)
  @CsvSource(delimiter = '|', textBlock = CASES)
  void fieldsOfOnes304_reachNoOther(String attacked, String fields) throws IOException {
    Resource resource = stored();
    resource.replies(Reply.notModified(with(fields)));

    Answer own = get(resource.path(), "Authorization: Bearer alice", "Cache-Control: no-cache");
    assertThat(own.body()).isEqualTo("shared");

    assertOutOfReach(getAfter(resource), "SID=alice");
  }

  @ParameterizedTest(name = CASE)
  @CsvSource(delimiter = '|', textBlock = CASES)
  void fieldsOfOnesHead_reachNoOther(String attacked, String fields) throws IOException {
    Resource resource = stored();
    resource.replies(Reply.ok("shared", with(fields)));

    send("HEAD", resource.path(), "Authorization: Bearer alice", "Cache-Control: no-cache");

    assertOutOfReach(getAfter(resource), "SID=alice");
  }

  /** A field that the attacker's request put into the 304 is not kept where it chose nothing. */
  @ParameterizedTest
  @EnumSource(UnkeyedField.class)
  void fieldsOfAnAttackers304_reachNoOther(UnkeyedField field) throws IOException {
    Resource resource = stored();
    resource.replies(Reply.notModified("ETag: \"1\"", "Content-Location: //evil.example/"));

    get(resource.path(), field.line, "Cache-Control: no-cache");

    assertOutOfReach(getAfter(resource), "evil.example");
  }

  enum UnkeyedField {
    FORWARDED_HOST("X-Forwarded-Host: evil.example"),
    ORIGINAL_URL("X-Original-URL: //evil.example/");

    private final String line;

    UnkeyedField(String line) {
      this.line = line;
    }
  }

  private Resource stored() {
    Resource resource = resource("plain").answers(request -> Reply.ok("shared", lines(STORED)));
    awaitStored(resource);
    return resource;
  }

  private Answer getAfter(Resource resource) throws IOException {
    return get(resource.path());
  }

  private static String[] with(String fields) {
    List<String> all = new ArrayList<>(List.of(lines(fields)));
    all.add("ETag: \"1\"");
    return all.toArray(String[]::new);
  }
}
