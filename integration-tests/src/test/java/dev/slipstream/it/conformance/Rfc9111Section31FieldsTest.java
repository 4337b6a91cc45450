package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §3.1: which fields are stored with a response. */
final class Rfc9111Section31FieldsTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600 + ";

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Proxy-Authenticate        | Proxy-Authenticate: Basic realm=a
          Proxy-Authentication-Info | Proxy-Authentication-Info: nextnonce=1
          Proxy-Authorization       | Proxy-Authorization: Basic YTo=
          Proxy-Connection          | Proxy-Connection: keep-alive
          Keep-Alive                | Keep-Alive: timeout=5
          TE                        | TE: trailers
          Upgrade                   | Upgrade: HTTP/2.0
          """)
  void fieldOfTheConnection_isNotStored(String name, String line) throws IOException {
    Resource resource = resource(FRESH + line + " + X-Kept: 1");
    get(resource);

    Answer reused = assertReused(resource);

    String value = line.substring(line.indexOf(':') + 1).strip();
    assertThat(reused.values(name)).as("%s", reused).doesNotContain(value);
    assertThat(reused.values("X-Kept")).containsExactly("1");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one                | Connection: X-Hop
          in any case        | Connection: x-hop
          among others       | Connection: X-Other, X-Hop
          on a second line   | Connection: X-Other + Connection: X-Hop
          """)
  void fieldNamedInConnection_isNotStored(String rule, String connection) throws IOException {
    Resource resource = resource(FRESH + connection + " + X-Hop: 1 + X-Kept: 1");
    get(resource);

    Answer reused = assertReused(resource);

    assertThat(reused.values("X-Hop")).as("%s", reused).isEmpty();
    assertThat(String.join(",", reused.values("Connection"))).doesNotContainIgnoringCase("x-hop");
    assertThat(reused.values("X-Kept")).containsExactly("1");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          X-Unknown        | X-Unknown: a value
          several values   | X-Several: 1, 2
          a quoted comma   | X-Quoted: "1, 2"
          ETag             | ETag: W/"a"
          Last-Modified    | Last-Modified: Sat, 29 Feb 2020 12:34:56 GMT
          Content-Type     | Content-Type: application/json
          Content-Language | Content-Language: de
          Content-Encoding | Content-Encoding: x-scripted
          Content-Location | Content-Location: /elsewhere
          Link             | Link: </a>; rel=next
          Cache-Control    | Cache-Control: max-age=3600, x=y
          Expires          | Expires: Thu, 31 Dec 2099 23:59:59 GMT
          Location         | Location: /elsewhere
          Via              | Via: 1.1 other
          """)
  void field_isStoredUnchanged(String rule, String line) throws IOException {
    Resource resource = resource(FRESH + line);
    get(resource);

    Answer reused = assertReused(resource);

    int colon = line.indexOf(':');
    assertThat(reused.values(line.substring(0, colon)))
        .as("%s", reused)
        .contains(line.substring(colon + 1).strip());
  }

  @Test
  void lines_areStoredEachInOrder() throws IOException {
    Resource resource = resource(FRESH + "X-One: 1 + X-Two: 2 + X-One: 3, 4");
    get(resource);

    Answer reused = assertReused(resource);

    assertThat(reused.values("X-One")).containsExactly("1", "3, 4");
    assertThat(reused.values("X-Two")).containsExactly("2");
  }

  /** RFC 9110 §6.6.1: when the response was made, not when it is sent. */
  @Test
  void date_staysThatOfTheOrigin() throws IOException {
    String date = Times.imf(-100);
    Resource resource = resource(FRESH + "Date: " + date);
    get(resource);

    assertThat(assertReused(resource).values("Date")).containsExactly(date);
  }
}
