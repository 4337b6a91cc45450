package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The proxy and the origin themselves: what a case relies on, whatever the cache does. */
final class HarnessTest extends ConformanceTest {
  private static final String NOT_STORED = "Cache-Control: no-store";

  @Test
  void request_reachesTheOriginAsSent() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, NOT_STORED));

    send("PATCH", resource.path() + "?a=%20b&c", "X-One: 1 + X-One: 2, 3 + X-Two: \"q\"");

    ReceivedRequest received = resource.last();
    assertThat(received.method()).isEqualTo("PATCH");
    assertThat(received.target()).isEqualTo(resource.path() + "?a=%20b&c");
    assertThat(received.values("X-One")).containsExactly("1", "2, 3");
    assertThat(received.values("X-Two")).containsExactly("\"q\"");
  }

  @Test
  void body_reachesTheOrigin() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, NOT_STORED));
    try (HttpConnection other = anotherConnection()) {
      Answer answer =
          other.exchange(
              "POST", resource.path(), List.of("Content-Length: 3"), new byte[] {'a', 'b', 'c'});
      assertThat(answer.body()).isEqualTo(FIRST);
    }
    assertThat(resource.last().body()).isEqualTo("abc");
  }

  @Test
  void fieldLines_comeBackOneByOne() throws IOException {
    Resource resource =
        resource(Reply.of(299, FIRST, NOT_STORED, "X-One: 1", "X-One: 2, 3", "Date: yesterday"));

    Answer answer = get(resource);

    assertThat(answer.status()).isEqualTo(299);
    assertThat(answer.values("X-One")).containsExactly("1", "2, 3");
    assertThat(answer.values("Date")).containsExactly("yesterday");
  }

  @ParameterizedTest
  @EnumSource
  void body_comesBackWhole(Reply.Framing framing) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, NOT_STORED).framed(framing));

    Answer answer = get(resource);

    assertThat(answer.body()).isEqualTo(FIRST);
    assertThat(answer.complete()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"LENGTH", "CHUNKED"})
  void cutBody_isCutForTheClientToo(Reply.Framing framing) throws IOException {
    Resource resource = resource(Reply.ok(FIRST, NOT_STORED).framed(framing).cutAfter(5));

    Answer answer = get(resource);

    assertThat(answer.complete()).as("%s", answer).isFalse();
  }

  @Test
  void noAnswer_is502() throws IOException {
    assertThat(get(resource(Reply.none())).status()).isEqualTo(502);
  }

  @Test
  void head_hasNoBody() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, NOT_STORED));

    Answer answer = send("HEAD", resource, "");

    assertThat(answer.values("Content-Length")).containsExactly("16");
    assertThat(answer.body()).isEmpty();
  }
}
