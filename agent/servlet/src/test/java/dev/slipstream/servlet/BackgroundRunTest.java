package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.servlet.LiveContainer.Kind;
import dev.slipstream.servlet.LiveContainer.Received;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Background runs of servlets in real containers. */
class BackgroundRunTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void run_requestOfALaterTime_saysAllThatTheRequestSaid(Kind kind) throws Exception {
    try (LiveContainer container = LiveContainer.start(kind, folder)) {
      TriedServlet servlet =
          container.tries(
              (request, response) -> {
                String dump = RequestDump.of(request);
                response.getOutputStream().write(dump.getBytes(StandardCharsets.UTF_8));
              });
      Received received =
          container.get(
              "/first?a=1&b=%C3%A4&a=2&flag",
              "Accept-Language",
              "de-AT, fr;q=0.5",
              "X-Number",
              "42",
              "X-Date",
              "Sun, 01 Mar 2026 12:00:00 GMT",
              "X-Twice",
              "one",
              "X-Twice",
              "two",
              "Cookie",
              "a=b; c=d",
              "Content-Type",
              "text/plain; charset=utf-8");
      container.reuseConnection();

      byte[] body = servlet.answerInTheBackground().body();

      assertThat(body).asString(StandardCharsets.UTF_8).isEqualTo(received.text());
      assertThat(received.text())
          .contains("all X-Twice: [one, two]")
          .contains("locales: [de_AT, fr]")
          .contains("attribute of a filter: its value")
          .contains("values: [1, 2]");
      if (kind == Kind.TOMCAT) {
        // The container's own object is another's by now.
        assertThatThrownBy(() -> RequestDump.of(servlet.original()))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }
}
