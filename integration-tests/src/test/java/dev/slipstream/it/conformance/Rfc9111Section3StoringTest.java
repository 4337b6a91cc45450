package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §3, §3.3 and §3.5: which responses a shared cache may store. */
final class Rfc9111Section3StoringTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600";

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no-store                     | Cache-Control: no-store
          no-store beside a lifetime   | Cache-Control: max-age=3600, no-store
          no-store in any case         | Cache-Control: max-age=3600, No-Store
          no-store on another line     | Cache-Control: max-age=3600 + Cache-Control: no-store
          no-store with an argument    | Cache-Control: max-age=3600, no-store=1
          private                      | Cache-Control: private, max-age=3600
          private beside public        | Cache-Control: public, private, max-age=3600
          private beside s-maxage      | Cache-Control: s-maxage=3600, private
          nothing that allows it       | Content-Type: text/plain
          """)
  void forbidden_isNotReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertFetched(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          max-age                         | Cache-Control: max-age=3600
          public beside a lifetime        | Cache-Control: public, max-age=3600
          s-maxage                        | Cache-Control: s-maxage=3600
          Expires                         | Expires: {now+1h}
          an unknown directive            | Cache-Control: max-age=3600, unknown, other=1
          a directive whose name is longer | Cache-Control: max-age=3600, no-store-x, x-private
          a directive in a quoted string  | Cache-Control: max-age=3600, unknown="private, no-store"
          Pragma is no response field     | Cache-Control: max-age=3600 + Pragma: no-cache
          """)
  void allowed_isReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertReused(resource);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        200, 201, 202, 203, 226, 299, 300, 301, 302, 303, 307, 308, 400, 403, 404, 405, 409, 410,
        414, 422, 429, 451, 499, 500, 501, 502, 503, 504, 599
      })
  void anyFinalStatus_withALifetime_isReused(int status) throws IOException {
    Resource resource = resource(Reply.of(status, FIRST, FRESH), Reply.ok(SECOND));
    assertThat(get(resource).status()).isEqualTo(status);

    assertThat(assertReused(resource).status()).isEqualTo(status);
  }

  @Test
  void status204_isReused() throws IOException {
    Resource resource = resource(Reply.of(204, "", FRESH), Reply.ok(SECOND));
    get(resource);

    assertThat(assertNotForwarded("GET", resource, "").status()).isEqualTo(204);
  }

  @Test
  void status206_isNotReusedAsAWhole() throws IOException {
    Resource resource =
        resource(Reply.of(206, FIRST, FRESH, "Content-Range: bytes 0-15/100"), Reply.ok(SECOND));
    get(resource);

    assertFetched(resource);
  }

  @Test
  void mustUnderstand_withUnknownStatus_isNotReused() throws IOException {
    String fields = "Cache-Control: must-understand, max-age=3600";
    Resource resource = resource(Reply.of(299, FIRST, fields), Reply.ok(SECOND));
    get(resource);

    assertFetched(resource);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void mustUnderstand_withKnownStatus_overrulesNoStore(int status) throws IOException {
    String fields = "Cache-Control: must-understand, no-store, max-age=3600";
    Resource resource = resource(Reply.of(status, FIRST, fields), Reply.ok(SECOND));
    get(resource);

    assertReused(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          private="f"          | Cache-Control: max-age=3600, private="x-secret"
          private=f            | Cache-Control: max-age=3600, private=x-secret
          private="f, g"       | Cache-Control: max-age=3600, private="x-other, X-Secret"
          no-cache="f"         | Cache-Control: max-age=3600, no-cache="x-secret"
          no-cache="f, g"      | Cache-Control: max-age=3600, no-cache="X-Secret, x-other"
          """)
  void qualified_reusesNothingWithTheField(String rule, String fields) throws IOException {
    Resource resource = resource(fields + " + X-Secret: anna");
    assertThat(get(resource).values("X-Secret")).containsExactly("anna");

    Answer second = get(resource);

    if (resource.requests() == 1) {
      assertThat(second.values("X-Secret")).as("%s", second).isEmpty();
      assertThat(second.body()).isEqualTo(FIRST);
    } else {
      assertThat(second.body()).isEqualTo(SECOND);
    }
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-age                   | Cache-Control: max-age=3600
          Expires                   | Expires: {now+1h}
          proxy-revalidate          | Cache-Control: max-age=3600, proxy-revalidate
          private beside public     | Cache-Control: max-age=3600, public, private
          """)
  void authorized_isNotReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource, "Authorization: Basic YW5uYTo=");

    assertFetched(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public            | Cache-Control: max-age=3600, public
          s-maxage          | Cache-Control: s-maxage=3600
          must-revalidate   | Cache-Control: max-age=3600, must-revalidate
          """)
  void authorized_explicitlyShared_isReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource, "Authorization: Basic YW5uYTo=");

    assertReused(resource);
    assertReused(resource, "Authorization: Basic YmVydDo=");
  }

  @ParameterizedTest
  @EnumSource(names = {"LENGTH", "CHUNKED"})
  void incomplete_isNotReused(Reply.Framing framing) throws IOException {
    Reply cut = Reply.ok(FIRST, FRESH).framed(framing).cutAfter(5);
    Resource resource = resource(cut, Reply.ok(SECOND));
    assertThat(get(resource).complete()).isFalse();

    assertFetched(resource);
  }

  @ParameterizedTest
  @EnumSource
  void complete_isReused_howeverFramed(Reply.Framing framing) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, FRESH).framed(framing), Reply.ok(SECOND));
    get(resource);

    assertReused(resource);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REPORT"})
  void otherMethod_isNotReusedForGet(String method) throws IOException {
    Resource resource = resource(FRESH);
    send(method, resource, "");

    assertFetched(resource);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REPORT"})
  void otherMethod_isNotAnsweredFromGet(String method) throws IOException {
    Resource resource = resource(FRESH);
    get(resource);

    assertThat(send(method, resource, "").body()).isEqualTo(SECOND);
    assertThat(resource.last().method()).isEqualTo(method);
  }

  @Test
  void query_isPartOfTheUri() throws IOException {
    Resource resource = resource(FRESH);
    send("GET", resource.path() + "?a=1", "");

    Answer other = send("GET", resource.path() + "?a=2", "");
    assertThat(other.body()).isEqualTo(SECOND);
  }
}
