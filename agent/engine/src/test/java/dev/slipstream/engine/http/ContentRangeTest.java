package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {
  /** Among them the examples of RFC 9110 §14.4. */
  @ParameterizedTest
  @CsvSource({
    "bytes 42-1233/1234, 42, 1233, 1234",
    "bytes 42-1233/*, 42, 1233, -1",
    "bytes */1234, -1, -1, 1234",
    "bytes 0-499/1234, 0, 499, 1234",
    "bytes 500-999/1234, 500, 999, 1234",
    "bytes 500-1233/1234, 500, 1233, 1234",
    "bytes 734-1233/1234, 734, 1233, 1234",
    "bytes 0-0/1, 0, 0, 1",
    "bytes */0, -1, -1, 0",
    "bytes 0-9223372036854775805/9223372036854775806, 0, 9223372036854775805, 9223372036854775806",
  })
  void parse_whatTextWrites_andBack(String text, long first, long last, long completeLength) {
    ContentRange expected = new ContentRange(first, last, completeLength);

    assertThat(ContentRange.parse(text)).isEqualTo(expected);
    assertThat(expected.text()).isEqualTo(text);
  }

  @Test
  void parse_readsLiberally() {
    assertThat(ContentRange.parse(" BYTES 005-9/010\t")).isEqualTo(new ContentRange(5, 9, 10));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes 5-9",
        "bytes=5-9/10",
        "bytes  5-9/10",
        "bytes5-9/10",
        "pages 5-9/10",
        "5-9/10",
        "/",
        "bytes /",
        "bytes -/",
        "bytes -/10",
        "bytes 5-/10",
        "bytes -9/10",
        "bytes 5/10",
        "bytes 9-5/10",
        "bytes 5-10/10",
        "bytes 5-9/0",
        "bytes 5-9/",
        "bytes 5-9/-1",
        "bytes 5-9/+10",
        "bytes 5-9/10/11",
        "bytes 5-9-9/10",
        "bytes 5 - 9/10",
        "bytes 5-9 / 10",
        "bytes 5-9/10, bytes 5-9/10", // two lines combined
        "bytes */*",
        "bytes */",
        "bytes */-1",
        "bytes *-9/10",
        "bytes 0-1/9223372036854775807",
        "bytes 0-1/99999999999999999999",
        "bytes 0-99999999999999999999/*",
        "bytes 99999999999999999998-99999999999999999999/*"
      })
  void parse_invalid_isNull(String text) {
    assertThat(ContentRange.parse(text)).isNull();
  }

  @Test
  void isUnsatisfied_onlyWithoutARange() {
    assertThat(ContentRange.unsatisfied(10).isUnsatisfied()).isTrue();
    assertThat(ContentRange.unsatisfied(10).text()).isEqualTo("bytes */10");
    assertThat(ContentRange.of(new ByteRanges.Span(0, 0), 10).isUnsatisfied()).isFalse();
    assertThat(ContentRange.of(new ByteRanges.Span(0, 0), 10).text()).isEqualTo("bytes 0-0/10");
  }

  @Test
  void contentRange_thatIsNone_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ContentRange(5, 4, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new ContentRange(5, 10, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new ContentRange(-1, 5, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new ContentRange(0, 5, -2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContentRange(0, Long.MAX_VALUE, ContentRange.UNKNOWN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentRange.unsatisfied(ContentRange.UNKNOWN));
  }

  @Test
  void parse_anyInput_neverThrowsAndReadsWhatItWrites() {
    Random random = new Random(144);
    String[] pieces = {
      "bytes ",
      "bytes",
      "pages ",
      " ",
      "-",
      "-",
      "/",
      "/",
      "*",
      "0",
      "1",
      "5",
      "9",
      "10",
      "0-1",
      "5-9/10",
      "9223372036854775806",
      "9223372036854775807",
      "99999999999999999999",
      ",",
      "=",
      "é",
      "\u0660",
      "\u0000",
      "\r\n"
    };
    int read = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "" : "bytes ");
      for (int piece = random.nextInt(7); piece > 0; piece--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }

      ContentRange parsed = ContentRange.parse(text.toString());

      if (parsed != null) {
        assertThat(ContentRange.parse(parsed.text())).as("%s", text).isEqualTo(parsed);
        read++;
      }
    }
    assertThat(read).isGreaterThan(500);
  }
}
