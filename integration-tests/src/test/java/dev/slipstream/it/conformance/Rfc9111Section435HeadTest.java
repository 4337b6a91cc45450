package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.3.5 and RFC 9110 §9.3.2: HEAD, answered from a GET and freshening one. */
final class Rfc9111Section435HeadTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600 + ";
  private static final String STALE = "Cache-Control: max-age=10 + Age: 20 + ";

  /** By which a HEAD reaches the origin though the stored response is fresh. */
  private static final String NO_CACHE = "Cache-Control: no-cache";

  @Test
  void head_isAnsweredFromAGet() throws IOException {
    Resource resource = resource(FRESH + "X-One: 1 + ETag: \"a\"");
    get(resource);

    Answer head = assertNotForwarded("HEAD", resource, "");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.values("X-One")).containsExactly("1");
    assertThat(head.values("Content-Length")).isSubsetOf("16");
    assertThat(head.values("Age")).hasSize(1);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the same tag           | ETag: "a"  | ETag: "a"
          the same time          | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT
          the same tag and time  | ETag: "a" + Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | ETag: "a" + Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT
          no validator received  | ETag: "a"  | X-None: 1
          the same length        | X-None: 1  | Content-Length: 16
          """)
  void matchingHead_freshens(String rule, String stored, String head) throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(STALE + "X-Old: 1 + " + stored)),
            Reply.ok(FIRST, lines(FRESH + "X-New: 1 + X-Old: 2 + " + head)),
            Reply.ok(SECOND));
    get(resource);
    send("HEAD", resource, "");
    assertThat(resource.last().method()).isEqualTo("HEAD");

    Answer reused = assertReused(resource);

    assertThat(reused.values("X-New")).as("%s", reused).containsExactly("1");
    assertThat(reused.values("X-Old")).as("%s", reused).containsExactly("2");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          another tag           | ETag: "a"  | ETag: "b"
          another time          | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | Last-Modified: Sun, 01 Mar 2020 12:34:56 GMT
          another time beside the tag | ETag: "a" + Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | ETag: "a" + Last-Modified: Sun, 01 Mar 2020 12:34:56 GMT
          another length        | ETag: "a"  | ETag: "a" + Content-Length: 17
          """)
  void otherHead_makesStale(String rule, String stored, String head) throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(FRESH + stored)),
            Reply.ok(FIRST, lines(FRESH + head)),
            Reply.ok(SECOND));
    get(resource);
    assertReused(resource);
    send("HEAD", resource, NO_CACHE);
    assertThat(resource.last().method()).isEqualTo("HEAD");

    assertFetched(resource);
  }

  @ParameterizedTest
  @CsvSource({"500", "503"})
  void failingHead_changesNothing(int status) throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(FRESH + "ETag: \"a\"")), Reply.of(status, ""), Reply.ok(SECOND));
    get(resource);
    send("HEAD", resource, NO_CACHE);
    assertThat(resource.last().method()).isEqualTo("HEAD");

    assertReused(resource);
  }
}
