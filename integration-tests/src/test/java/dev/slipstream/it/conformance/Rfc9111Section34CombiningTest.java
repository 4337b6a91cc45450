package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §3.4 and RFC 9110 §15.3.7.3: which parts may become one response. */
final class Rfc9111Section34CombiningTest extends ConformanceTest {
  private static Reply part(String body, String range, String validator) {
    return Reply.of(
        206, body, "Cache-Control: max-age=3600", "Content-Range: bytes " + range, validator);
  }

  private Resource twoParts(String first, String second) throws IOException {
    Resource resource =
        resource(
            part("01234", "0-4/10", first),
            part("56789", "5-9/10", second),
            Reply.ok("abcdefghij", "ETag: \"c\""));
    assertThat(get(resource, "Range: bytes=0-4").body()).isEqualTo("01234");
    assertThat(get(resource, "Range: bytes=5-9").body()).isEqualTo("56789");
    return resource;
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          other strong tags     | ETag: "a"   | ETag: "b"
          the same weak tag     | ETag: W/"a" | ETag: W/"a"
          a weak and a strong   | ETag: W/"a" | ETag: "a"
          no validator          | X-None: 1   | X-None: 1
          other modifications   | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT | Last-Modified: Sun, 01 Mar 2020 12:34:56 GMT
          """)
  void withoutACommonStrongValidator_neverCombined(String rule, String first, String second)
      throws IOException {
    Resource resource = twoParts(first, second);

    assertThat(assertForwarded(resource, "").body()).isEqualTo("abcdefghij");
  }

  /** Combining is allowed; what comes of it has to be the whole. */
  @Test
  void withACommonStrongValidator_theWholeIsWholeOrFetched() throws IOException {
    Resource resource = twoParts("ETag: \"a\"", "ETag: \"a\"");

    Answer whole = get(resource);

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.values("Content-Range")).isEmpty();
    assertThat(whole.body()).isEqualTo(resource.requests() == 2 ? "0123456789" : "abcdefghij");
  }

  @Test
  void aGap_isNeverFilledWithNothing() throws IOException {
    Resource resource =
        resource(
            part("012", "0-2/10", "ETag: \"a\""),
            part("56789", "5-9/10", "ETag: \"a\""),
            Reply.ok("abcdefghij"));
    get(resource, "Range: bytes=0-2");
    get(resource, "Range: bytes=5-9");

    assertThat(assertForwarded(resource, "").body()).isEqualTo("abcdefghij");
  }
}
