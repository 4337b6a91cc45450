package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.http.Refusal;
import jakarta.servlet.ServletOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is copied of a body is what reaches the container, byte for byte. */
class CopyTest {
  private final TestGateway gateway = new TestGateway();

  private interface Writing {
    void on(PrintWriter writer);
  }

  static Stream<Named<Writing>> writings() {
    return Stream.of(
        Named.of("text", w -> w.write("plain äöü \u20AC")),
        Named.of("part of a text", w -> w.write("plain", 1, 3)),
        Named.of("characters", w -> w.write("plain".toCharArray())),
        Named.of("part of characters", w -> w.write("plain".toCharArray(), 1, 3)),
        Named.of("one character", w -> w.write('\u00E4')),
        Named.of("supplementary", w -> w.write("a\uD83D\uDE00b")),
        Named.of(
            "surrogates in two writes",
            w -> {
              w.write("a\uD83D");
              w.write("\uDE00b");
            }),
        Named.of(
            "surrogates in two characters",
            w -> {
              w.write('\uD83D');
              w.write('\uDE00');
            }),
        Named.of("a lone surrogate", w -> w.write("a\uD83Db")),
        Named.of("a surrogate at the end", w -> w.write("a\uD83D")),
        Named.of(
            "print",
            w -> {
              w.print(true);
              w.print('c');
              w.print(1);
              w.print(2L);
              w.print(1.5f);
              w.print(2.5d);
              w.print(new char[] {'x'});
              w.print((String) null);
              w.print((Object) null);
            }),
        Named.of(
            "println",
            w -> {
              w.println();
              w.println(true);
              w.println('c');
              w.println(1);
              w.println(2L);
              w.println(1.5f);
              w.println(2.5d);
              w.println(new char[] {'x'});
              w.println("text");
              w.println((Object) null);
            }),
        Named.of("format", w -> w.format(Locale.ROOT, "%05d|%s", 42, "x")),
        Named.of("append", w -> w.append("abc").append("abc", 1, 2).append('d')),
        Named.of(
            "flush",
            w -> {
              w.write("a");
              w.flush();
              w.write("b");
              w.close();
            }),
        Named.of("much", w -> w.write("\u20AC".repeat(20_000))));
  }

  @ParameterizedTest
  @MethodSource("writings")
  void writer_inUtf8(Writing writing) {
    copiesWhatReachesTheContainer(writing, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("writings")
  void writer_inLatin1(Writing writing) {
    copiesWhatReachesTheContainer(writing, StandardCharsets.ISO_8859_1);
  }

  private void copiesWhatReachesTheContainer(Writing writing, Charset charset) {
    FakeResponse miss = new FakeResponse(charset);
    byte[] hit =
        gateway.bodyOfHit(
            miss,
            (request, response) -> {
              response.setHeader("Cache-Control", "max-age=60");
              writing.on(response.getWriter());
            });

    assertThat(miss.body()).isNotEmpty();
    assertThat(hit).isEqualTo(miss.body());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writer_reset_forgetsWhatWasWritten(boolean all) {
    FakeResponse miss = new FakeResponse();
    byte[] hit =
        gateway.bodyOfHit(
            miss,
            (request, response) -> {
              response.setHeader("Cache-Control", "max-age=60");
              response.getWriter().write("wrong\uD83D");
              if (all) {
                response.reset();
                response.setHeader("Cache-Control", "max-age=60");
              } else {
                response.resetBuffer();
              }
              response.getWriter().write("right");
            });

    assertThat(hit).asString(StandardCharsets.UTF_8).isEqualTo("right");
  }

  @Test
  void stream_everyWayOfWriting() {
    FakeResponse miss = new FakeResponse();
    byte[] hit =
        gateway.bodyOfHit(
            miss,
            (request, response) -> {
              response.setHeader("Cache-Control", "max-age=60");
              ServletOutputStream out = response.getOutputStream();
              out.write(200);
              out.write(new byte[] {1, 2});
              out.write(new byte[] {3, 4, 5}, 1, 1);
              out.print("text");
              out.print(true);
              out.print('c');
              out.print(1);
              out.print(2L);
              out.print(1.5f);
              out.print(2.5d);
              out.println();
              out.println("line");
              out.println(7);
              out.flush();
              out.close();
            });

    assertThat(miss.body()).hasSizeGreaterThan(30).startsWith((byte) 200, 1, 2, 4, 't');
    assertThat(hit).isEqualTo(miss.body());
  }

  @Test
  void stream_reset_forgetsWhatWasWritten() {
    byte[] hit =
        gateway.bodyOfHit(
            new FakeResponse(),
            (request, response) -> {
              response.setHeader("Cache-Control", "max-age=60");
              response.getOutputStream().write(new byte[] {1, 2, 3});
              response.resetBuffer();
              response.getOutputStream().write(new byte[] {4});
            });

    assertThat(hit).containsExactly(4);
  }

  /** Containers encode text on a stream each in its own way. */
  @Test
  void stream_printOfOtherThanAscii_givesTheCopyUp() {
    FakeResponse miss = new FakeResponse();
    byte[] hit =
        gateway.bodyOfHit(
            miss,
            (request, response) -> {
              response.setHeader("Cache-Control", "max-age=60");
              response.getOutputStream().print("\u00E4");
            });

    assertThat(hit).isNull();
    assertThat(miss.body()).isNotEmpty();
    assertThat(gateway.engine.httpCache().counters().refusals(Refusal.INCOMPLETE)).isEqualTo(1);
  }
}
