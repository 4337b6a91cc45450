package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §15.2 and RFC 8297: interim responses, which are passed on and never stored. */
final class Rfc9110Section15InterimTest extends ConformanceTest {
  private static final String HINT = "Link: </style.css>; rel=preload";

  @ParameterizedTest
  @ValueSource(ints = {102, 103, 199})
  void finalAnswer_isStored(int interim) throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, "Cache-Control: max-age=3600").after(interim, HINT), Reply.ok(SECOND));
    List<Answer> first = getWithInterim(resource);
    assertThat(first.get(first.size() - 1).body()).isEqualTo(FIRST);

    Answer reused = assertReused(resource);

    assertThat(reused.status()).isEqualTo(200);
    assertThat(reused.values("Link")).as("%s", reused).isEmpty();
  }

  /** Jetty has a way for a servlet to send them, Tomcat has none. */
  @Test
  void earlyHints_arePassedOn() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, "Cache-Control: max-age=3600").after(103, HINT));

    List<Answer> answers = getWithInterim(resource);

    assertThat(answers)
        .extracting(Answer::status)
        .containsExactlyElementsOf(proxy.isJetty() ? List.of(103, 200) : List.of(200));
    if (proxy.isJetty()) {
      assertThat(answers.get(0).values("Link")).containsExactly("</style.css>; rel=preload");
    }
  }
}
