package dev.slipstream.engine.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipstream.engine.http.ByteRanges.Selection;
import dev.slipstream.engine.http.ByteRanges.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String SEPARATOR = "THIS_STRING_SEPARATES";

  /** The example of RFC 9110 §15.3.7.2. */
  @Test
  void of_exampleOfTheStandard() {
    byte[] body = new byte[8_000];
    new Random(1).nextBytes(body);
    List<Span> spans = List.of(new Span(500, 999), new Span(7_000, 7_999));

    Multipart multipart = Multipart.of(Part.whole(body), "application/pdf", spans, SEPARATOR);

    assertThat(multipart.contentType())
        .isEqualTo("multipart/byteranges; boundary=THIS_STRING_SEPARATES");
    assertThat(new String(multipart.bytes(), ISO_8859_1))
        .isEqualTo(
            "--THIS_STRING_SEPARATES\r\n"
                + "Content-Type: application/pdf\r\n"
                + "Content-Range: bytes 500-999/8000\r\n"
                + "\r\n"
                + new String(body, 500, 500, ISO_8859_1)
                + "\r\n--THIS_STRING_SEPARATES\r\n"
                + "Content-Type: application/pdf\r\n"
                + "Content-Range: bytes 7000-7999/8000\r\n"
                + "\r\n"
                + new String(body, 7_000, 1_000, ISO_8859_1)
                + "\r\n--THIS_STRING_SEPARATES--\r\n");
  }

  @Test
  void of_aStoredPart_countsInTheRepresentation() {
    Part stored = new Part("56789".getBytes(ISO_8859_1), 5, ContentRange.UNKNOWN);

    Multipart multipart =
        Multipart.of(stored, null, List.of(new Span(9, 9), new Span(5, 6)), SEPARATOR);

    assertThat(new String(multipart.bytes(), ISO_8859_1))
        .isEqualTo(
            "--THIS_STRING_SEPARATES\r\n"
                + "Content-Range: bytes 9-9/*\r\n\r\n9"
                + "\r\n--THIS_STRING_SEPARATES\r\n"
                + "Content-Range: bytes 5-6/*\r\n\r\n56"
                + "\r\n--THIS_STRING_SEPARATES--\r\n");
  }

  @Test
  void of_aSpanThatIsNotStored_isRefused() {
    Part stored = new Part(new byte[5], 5, 20);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multipart.of(stored, null, List.of(new Span(4, 6)), SEPARATOR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain\r\nX: y", "text/plain\n\nbody", "text/\u0000"})
  void of_aContentTypeWithControlCharacters_isLeftOut(String contentType) {
    Multipart multipart =
        Multipart.of(Part.whole(new byte[5]), contentType, List.of(new Span(0, 0)), SEPARATOR);

    assertThat(new String(multipart.bytes(), ISO_8859_1)).doesNotContain("Content-Type");
  }

  @Test
  void boundary_isTheSameForTheSame_andAnotherForAnother() {
    byte[] body = {1, 2, 3};

    assertThat(Multipart.boundary(body, "\"1\""))
        .isEqualTo(Multipart.boundary(body, "\"1\""))
        .isNotEqualTo(Multipart.boundary(body, "\"2\""))
        .matches("[0-9a-f]{40}"); // at most 70, and no need of quotes (RFC 2046 §5.1.1)
  }

  @Test
  void boundary_thatTheBodyHas_isNotTaken() {
    List<String> taken = new ArrayList<>();
    String body = "--";
    for (int i = 0; i < 20; i++) {
      String boundary = Multipart.boundary(body.getBytes(ISO_8859_1), "seed");
      assertThat(body).doesNotContain(boundary);
      taken.add(boundary);
      body = String.join("\r\n--", taken);
    }
    assertThat(taken).doesNotHaveDuplicates();
  }

  @Test
  void boundary_cutOffAtTheBodysEnd() {
    String boundary = Multipart.boundary(new byte[0], "seed");
    String allButOne = boundary.substring(0, boundary.length() - 1);

    assertThat(Multipart.boundary(allButOne.getBytes(ISO_8859_1), "seed")).isEqualTo(boundary);
    assertThat(Multipart.boundary(boundary.getBytes(ISO_8859_1), "seed")).isNotEqualTo(boundary);
  }

  @Test
  void of_anySelection_readsBackAndIsBounded() {
    Random random = new Random(146);
    String[] pieces = {"\r\n", "--", "\r\n--", "a", "\u0000", "\u00FF", "Content-Range: "};
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder("x");
      for (int n = random.nextInt(60); n > 0; n--) {
        boolean malicious = random.nextInt(8) == 0;
        text.append(
            malicious
                ? Multipart.boundary(text.toString().getBytes(ISO_8859_1), "seed")
                : pieces[random.nextInt(pieces.length)]);
      }
      byte[] body = text.toString().getBytes(ISO_8859_1);
      List<Span> spans = anySpans(random, body.length);
      String boundary = Multipart.boundary(body, "seed");

      Multipart multipart = Multipart.of(Part.whole(body), "text/plain", spans, boundary);

      assertThat(read(multipart, boundary)).isEqualTo(expected(body, spans));
      assertThat(multipart.bytes().length)
          .isLessThanOrEqualTo(body.length + (spans.size() + 1) * 128);
    }
  }

  private static List<Span> anySpans(Random random, int length) {
    StringBuilder range = new StringBuilder("bytes=0-0");
    for (int n = random.nextInt(ByteRanges.MOST_RANGES); n > 0; n--) {
      int first = random.nextInt(length);
      range.append(',').append(first).append('-').append(first + random.nextInt(9));
    }
    return ((Selection.Parts) ByteRanges.select(range.toString(), length)).spans();
  }

  private static List<String> expected(byte[] body, List<Span> spans) {
    List<String> parts = new ArrayList<>();
    for (Span span : spans) {
      parts.add(
          "Content-Type: text/plain\r\nContent-Range: bytes "
              + (span.first() + "-" + span.last() + "/" + body.length)
              + "\r\n\r\n"
              + new String(body, (int) span.first(), (int) span.length(), ISO_8859_1));
    }
    return parts;
  }

  /** The parts as a recipient finds them: between delimiters, up to the closing one. */
  private static List<String> read(Multipart multipart, String boundary) {
    String text = "\r\n" + new String(multipart.bytes(), ISO_8859_1);
    String delimiter = "\r\n--" + boundary;
    List<String> parts = new ArrayList<>();
    assertThat(text).startsWith(delimiter);
    int at = delimiter.length();
    while (!text.startsWith("--", at)) {
      assertThat(text.startsWith("\r\n", at)).isTrue();
      int end = text.indexOf(delimiter, at);
      parts.add(text.substring(at + 2, end));
      at = end + delimiter.length();
    }
    assertThat(text.substring(at)).isEqualTo("--\r\n");
    return parts;
  }
}
