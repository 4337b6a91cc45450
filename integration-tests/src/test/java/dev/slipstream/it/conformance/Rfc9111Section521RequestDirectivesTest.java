package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §5.2.1 and §5.4: what a client asks of the cache. */
final class Rfc9111Section521RequestDirectivesTest extends ConformanceTest {
  private static final String AGE_100_OF_3600 = "Cache-Control: max-age=3600 + Age: 100";
  private static final String STALE_BY_10 = "Cache-Control: max-age=10 + Age: 20";

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-age over age                | Cache-Control: max-age=200
          max-age over 2^31               | Cache-Control: max-age=99999999999
          min-fresh under what is left    | Cache-Control: min-fresh=3000
          max-stale                       | Cache-Control: max-stale
          max-age over age and min-fresh  | Cache-Control: max-age=200, min-fresh=10
          only-if-cached                  | Cache-Control: only-if-cached
          an unknown directive            | Cache-Control: unknown=1
          a directive of responses        | Cache-Control: private
          no-cache within a longer name   | Cache-Control: x-no-cache
          another Pragma                  | Pragma: other
          Pragma beside Cache-Control     | Pragma: no-cache + Cache-Control: max-age=200
          """)
  void content_isReused(String rule, String fields) throws IOException {
    Resource resource = resource(AGE_100_OF_3600);
    get(resource);

    assertReused(resource, fields);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-age under age               | Cache-Control: max-age=50
          max-age=0                       | Cache-Control: max-age=0
          in any case                     | Cache-Control: Max-Age=0
          on a second line                | Cache-Control: unknown + Cache-Control: max-age=0
          min-fresh over what is left     | Cache-Control: min-fresh=3550
          min-fresh over 2^31             | Cache-Control: min-fresh=99999999999
          max-age over age, not min-fresh | Cache-Control: max-age=200, min-fresh=3550
          no-cache                        | Cache-Control: no-cache
          no-cache beside max-age         | Cache-Control: max-age=200, no-cache
          no-cache beside max-stale       | Cache-Control: no-cache, max-stale
          Pragma                          | Pragma: no-cache
          Pragma in any case              | Pragma: No-Cache
          """)
  void discontent_isForwarded(String rule, String fields) throws IOException {
    Resource resource = resource(AGE_100_OF_3600);
    get(resource);

    assertFetched(resource, fields);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          of any age                  | Cache-Control: max-stale
          over its staleness          | Cache-Control: max-stale=60
          over 2^31                   | Cache-Control: max-stale=99999999999
          with max-age over its age   | Cache-Control: max-age=100, max-stale=60
          only-if-cached              | Cache-Control: only-if-cached, max-stale=60
          """)
  void maxStale_isServedStale(String rule, String fields) throws IOException {
    Resource resource = resource(STALE_BY_10);
    get(resource);

    Answer stale = assertReused(resource, fields);

    assertThat(Integer.parseInt(stale.values("Age").get(0))).isGreaterThanOrEqualTo(20);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          under its staleness       | Cache-Control: max-age=10                    | Cache-Control: max-stale=5
          zero                      | Cache-Control: max-age=10                    | Cache-Control: max-stale=0
          no number                 | Cache-Control: max-age=10                    | Cache-Control: max-stale=abc
          beside no-cache           | Cache-Control: max-age=10                    | Cache-Control: max-stale, no-cache
          of must-revalidate        | Cache-Control: max-age=10, must-revalidate   | Cache-Control: max-stale
          of proxy-revalidate       | Cache-Control: max-age=10, proxy-revalidate  | Cache-Control: max-stale
          of s-maxage               | Cache-Control: s-maxage=10                   | Cache-Control: max-stale
          of no-cache               | Cache-Control: max-age=10, no-cache          | Cache-Control: max-stale
          """)
  void maxStale_isNotServedStale(String rule, String stored, String fields) throws IOException {
    Resource resource = resource(stored + " + Age: 20");
    get(resource);

    assertFetched(resource, fields);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no-cache   | Cache-Control: no-cache
          max-age=0  | Cache-Control: max-age=0
          Pragma     | Pragma: no-cache
          """)
  void discontent_validates(String rule, String fields) throws IOException {
    String stored = "Cache-Control: max-age=3600 + ETag: \"a\"";
    Resource resource = resource(Reply.ok(FIRST, lines(stored)), Reply.notModified(lines(stored)));
    get(resource);

    Answer answer = assertForwarded(resource, fields);

    assertSent(resource, "If-None-Match", "\"a\"");
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(FIRST);
  }

  @Test
  void noStore_isNotStored() throws IOException {
    Resource resource = resource("Cache-Control: max-age=3600");
    get(resource, "Cache-Control: no-store");

    assertFetched(resource);
  }

  @Test
  void noStore_leavesWhatIsStored() throws IOException {
    Resource resource = resource("Cache-Control: max-age=3600").replies(Reply.ok(SECOND));
    get(resource);
    get(resource, "Cache-Control: no-store, no-cache");

    assertReused(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stale             | Cache-Control: max-age=10 + Age: 20       | Cache-Control: only-if-cached
          too old           | Cache-Control: max-age=3600 + Age: 100    | Cache-Control: only-if-cached, max-age=50
          to be validated   | Cache-Control: max-age=3600, no-cache     | Cache-Control: only-if-cached
          not stored        | Cache-Control: no-store                   | Cache-Control: only-if-cached
          another variant   | Cache-Control: max-age=3600 + Vary: X-One | Cache-Control: only-if-cached + X-One: 1
          with no-cache     | Cache-Control: max-age=3600               | Cache-Control: only-if-cached, no-cache
          """)
  void onlyIfCached_withoutAnAnswer_is504(String rule, String stored, String fields)
      throws IOException {
    Resource resource = resource(stored);
    get(resource);

    assertThat(assertNotForwarded("GET", resource, fields).status()).isEqualTo(504);
  }

  @Test
  void onlyIfCached_withNothingStored_is504() throws IOException {
    Resource resource = resource("Cache-Control: max-age=3600");

    Answer answer = assertNotForwarded("GET", resource, "Cache-Control: only-if-cached");

    assertThat(answer.status()).isEqualTo(504);
    assertReusedAfterAFetch(resource);
  }

  /** Such a 504 is not stored. */
  private void assertReusedAfterAFetch(Resource resource) throws IOException {
    assertThat(assertForwarded(resource, "").body()).isEqualTo(FIRST);
    assertReused(resource);
  }
}
