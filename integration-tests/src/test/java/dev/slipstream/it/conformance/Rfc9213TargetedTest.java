package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9213: a field for this cache alone comes before Cache-Control and Expires. */
final class Rfc9213TargetedTest extends ConformanceTest {
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          alone                       | Slipstream-Cache-Control: max-age=3600
          over no-store               | Slipstream-Cache-Control: max-age=3600 + Cache-Control: no-store
          over private                | Slipstream-Cache-Control: max-age=3600 + Cache-Control: private
          over no-cache               | Slipstream-Cache-Control: max-age=3600 + Cache-Control: no-cache
          over max-age                | Slipstream-Cache-Control: max-age=3600 + Cache-Control: max-age=0
          over s-maxage               | Slipstream-Cache-Control: max-age=3600 + Cache-Control: s-maxage=0
          over Expires                | Slipstream-Cache-Control: max-age=3600 + Expires: 0
          name in any case            | slipstream-cache-CONTROL: max-age=3600 + Cache-Control: no-store
          s-maxage in it              | Slipstream-Cache-Control: s-maxage=3600, max-age=0
          with parameters             | Slipstream-Cache-Control: max-age=3600;x=1;y, public
          the last of a key           | Slipstream-Cache-Control: max-age=10, max-age=3600 + Age: 20
          on several lines            | Slipstream-Cache-Control: public + Slipstream-Cache-Control: max-age=3600
          an unknown directive        | Slipstream-Cache-Control: max-age=3600, x="a, b"
          another cache's field       | Cache-Control: max-age=3600 + CDN-Cache-Control: no-store
          """)
  void targeted_isReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertReused(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no-store                    | Slipstream-Cache-Control: no-store + Cache-Control: max-age=3600
          private                     | Slipstream-Cache-Control: private + Cache-Control: max-age=3600
          no-cache                    | Slipstream-Cache-Control: no-cache + Cache-Control: max-age=3600
          max-age                     | Slipstream-Cache-Control: max-age=10 + Cache-Control: max-age=3600 + Age: 20
          max-age=0                   | Slipstream-Cache-Control: max-age=0 + Cache-Control: s-maxage=3600
          over Expires                | Slipstream-Cache-Control: max-age=0 + Expires: {now+1h}
          no lifetime                 | Slipstream-Cache-Control: must-revalidate + Cache-Control: max-age=3600
          no lifetime, over Expires   | Slipstream-Cache-Control: must-revalidate + Expires: {now+1h}
          on several lines            | Slipstream-Cache-Control: max-age=3600 + Slipstream-Cache-Control: no-store
          the last of a key           | Slipstream-Cache-Control: max-age=3600, max-age=10 + Age: 20
          another cache's field       | CDN-Cache-Control: max-age=3600
          another cache's lifetime    | CDN-Cache-Control: max-age=3600 + Cache-Control: no-store
          """)
  void targeted_isNotReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertFetched(resource);
  }

  /** RFC 9213 §2.1: a field that is empty or cannot be parsed is as if it were not there. */
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          empty                       |
          no separator                | no-store max-age=3600
          upper case in a key         | No-Store
          a trailing comma            | no-store,
          an empty member             | no-store,, max-age=0
          no value                    | no-store, max-age=
          an open string              | no-store, x="a
          a character of no type      | no-store, max-age=&
          single quotes               | no-store, max-age='3600'
          an open inner list          | no-store, x=(a b
          a number too long           | no-store, max-age=1234567890123456
          """)
  void invalid_isIgnoredAsAWhole(String rule, String value) throws IOException {
    String field = "Slipstream-Cache-Control:" + (value == null ? "" : " " + value);
    Resource storable = resource("Cache-Control: max-age=3600 + " + field);
    get(storable);
    assertReused(storable);

    Resource unstorable = resource("Cache-Control: no-store + " + field);
    get(unstorable);
    assertFetched(unstorable);
  }

  @Test
  void cacheControl_isPassedOnUnchanged() throws IOException {
    Resource resource =
        resource("Slipstream-Cache-Control: max-age=3600 + Cache-Control: no-store");
    assertThat(get(resource).values("Cache-Control")).containsExactly("no-store");

    assertThat(assertReused(resource).values("Cache-Control")).containsExactly("no-store");
  }

  /** RFC 9111 §3.5, by the targeted field. */
  @Test
  void authorized_publicInIt_isReused() throws IOException {
    Resource resource =
        resource("Slipstream-Cache-Control: public, max-age=3600 + Cache-Control: max-age=3600");
    get(resource, "Authorization: Basic YW5uYTo=");

    assertReused(resource);
  }

  @Test
  void authorized_publicBesideIt_isNotReused() throws IOException {
    Resource resource =
        resource("Slipstream-Cache-Control: max-age=3600 + Cache-Control: public, max-age=3600");
    get(resource, "Authorization: Basic YW5uYTo=");

    assertFetched(resource);
  }

  @Test
  void staleIfError_inIt_counts() throws IOException {
    String fields =
        "Slipstream-Cache-Control: max-age=10, stale-if-error=600"
            + " + Cache-Control: max-age=10, must-revalidate + Age: 200";
    Resource resource = resource(Reply.ok(FIRST, lines(fields)), Reply.of(503, SECOND));
    get(resource);

    assertThat(assertForwarded(resource, "").body()).isEqualTo(FIRST);
  }

  @Test
  void mustRevalidate_inIt_counts() throws IOException {
    String fields =
        "Slipstream-Cache-Control: max-age=10, must-revalidate"
            + " + Cache-Control: max-age=10, stale-if-error=600 + Age: 200";
    Resource resource = resource(Reply.ok(FIRST, lines(fields)), Reply.of(503, SECOND));
    get(resource);

    assertThat(assertFetched(resource).status()).isEqualTo(503);
  }
}
