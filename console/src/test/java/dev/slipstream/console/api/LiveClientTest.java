package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LiveClientTest {
  private final Slow out = new Slow();
  private boolean admitted = true;
  private final LiveClient client = LiveClient.of(null, () -> admitted, out);

  /** A response whose client takes what it is sent, or does not. */
  private static final class Slow extends ServletOutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private boolean ready = true;
    private boolean broken;
    private boolean flushed;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int value) throws IOException {
      if (broken) {
        throw new IOException("broken pipe");
      }
      taken.write(value);
      flushed = false;
    }

    @Override
    public void flush() {
      flushed = true;
    }
  }

  private void send(String event) {
    client.send(event.getBytes(UTF_8));
  }

  @Test
  void whatCanBeTaken_isSentAtOnce() {
    send("one ");
    send("two");
    assertThat(out.taken.toString(UTF_8)).isEqualTo("one two");
    assertThat(out.flushed).isTrue();
  }

  @Test
  void whoIsAdmittedNoMore_isEndedAtTheNextBeat() {
    client.beat("one".getBytes(UTF_8));
    assertThat(client.ended()).isNotDone();
    admitted = false;
    client.beat("two".getBytes(UTF_8));
    assertThat(client.ended()).isDone();
    assertThat(out.taken.toString(UTF_8)).isEqualTo("one");
  }

  @Test
  void whatCannotBeTaken_isKept_andSentInOrderLater() {
    out.ready = false;
    send("one ");
    send("two");
    assertThat(out.taken.size()).isZero();
    out.ready = true;
    client.onWritePossible();
    assertThat(out.taken.toString(UTF_8)).isEqualTo("one two");
    assertThat(out.flushed).isTrue();
  }

  @Test
  void whoTakesNothingForAMinute_isGivenUp() {
    out.ready = false;
    for (int i = 0; i < 30; i++) {
      send("event");
      assertThat(client.ended()).isNotDone();
    }
    send("one too many");
    assertThat(client.ended()).isDone();
    out.ready = true;
    client.onWritePossible();
    assertThat(out.taken.size()).isZero();
  }

  @Test
  void whoHasGone_isGivenUp() {
    out.broken = true;
    send("one");
    assertThat(client.ended()).isDone();
  }
}
