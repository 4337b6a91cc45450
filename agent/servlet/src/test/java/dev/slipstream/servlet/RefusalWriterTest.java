package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.engine.admit.TurnedAway;
import dev.slipstream.engine.http.Doorkeeper;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RefusalWriterTest {
  private final Doorkeeper.Refuse refuse =
      new Doorkeeper.Refuse(new TurnedAway(TurnedAway.Reason.EMERGENCY, 10));
  private final FakeResponse answer = new FakeResponse();

  private String body() {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void write_hasWhatAClientNeeds() {
    assertThat(RefusalWriter.write(FakeRequest.get("/a").build(), answer.build(), refuse)).isNull();
    assertThat(answer.status).isEqualTo(503);
    assertThat(answer.fields())
        .contains(
            "Retry-After: 10", "Cache-Control: no-store", "Content-Length: " + body().length());
    assertThat(body()).startsWith("{\"title\":\"Service Unavailable\"");
  }

  @Test
  void write_afterAFilterHasTakenTheWriter_usesThat() throws IOException {
    HttpServletResponse response = answer.build();
    PrintWriter unused = response.getWriter();
    assertThat(RefusalWriter.write(FakeRequest.get("/a").build(), response, refuse)).isNull();
    assertThat(body()).startsWith("{\"title\":\"Service Unavailable\"");
  }

  @Test
  void write_toHead_hasNoBody() {
    RefusalWriter.write(FakeRequest.of("HEAD", "/a").build(), answer.build(), refuse);
    assertThat(answer.status).isEqualTo(503);
    assertThat(body()).isEmpty();
  }

  /** The application answers then: into a response that nothing of ours is left in. */
  @Test
  void write_whereThereIsNeitherStreamNorWriter_changesNothing() {
    HttpServletResponse neither =
        new HttpServletResponseWrapper(answer.build()) {
          @Override
          public ServletOutputStream getOutputStream() {
            throw new IllegalStateException("not this");
          }

          @Override
          public PrintWriter getWriter() {
            throw new IllegalStateException("nor that");
          }
        };
    assertThatThrownBy(() -> RefusalWriter.write(FakeRequest.get("/a").build(), neither, refuse))
        .hasMessage("nor that");
    assertThat(answer.status).isEqualTo(200);
    assertThat(answer.fields()).isEmpty();
    assertThat(answer.contentType).isNull();
  }

  @Test
  void write_thatFailsHalfWay_isNotGivenToTheApplication() {
    answer.failure = new IllegalStateException("gone");
    assertThat(RefusalWriter.write(FakeRequest.get("/a").build(), answer.build(), refuse))
        .isSameAs(answer.failure);
  }
}
