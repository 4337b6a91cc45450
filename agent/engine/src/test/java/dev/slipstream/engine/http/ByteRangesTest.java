package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipstream.engine.http.ByteRanges.Selection;
import dev.slipstream.engine.http.ByteRanges.Span;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {
  private static final String BEYOND_LONG = "99999999999999999999";

  /** RFC 9110 §14.1.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-499                      | 0-499",
        "bytes=500-999                    | 500-999",
        "bytes=-500                       | 9500-9999",
        "bytes=9500-                      | 9500-9999",
        "bytes=0-0,-1                     | 0-0 9999-9999",
        "bytes= 0-999, 4500-5499, -1000   | 0-999 4500-5499 9000-9999",
        "bytes=500-600,601-999            | 500-999",
        "bytes=500-700,601-999            | 500-999",
      })
  void select_examplesOfTheStandard(String range, String expected) {
    assertThat(text(ByteRanges.select(range, 10_000))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource
  void select_byTheGrammar(String range, String expected) {
    assertThat(text(ByteRanges.select(range, 10))).isEqualTo(expected);
  }

  static Stream<Arguments> select_byTheGrammar() {
    return Stream.of(
        arguments("bytes=0-1", "0-1"),
        arguments("bytes=0-0", "0-0"),
        arguments("bytes=1-", "1-9"),
        arguments("bytes=-5", "5-9"),
        arguments("bytes=9-9", "9-9"),
        arguments("bytes=9-10", "9-9"),
        arguments("bytes=5-" + BEYOND_LONG, "5-9"),
        arguments("bytes=5-" + Long.MAX_VALUE, "5-9"),
        arguments("bytes=000-001", "0-1"),
        arguments("bytes=-10", "0-9"),
        arguments("bytes=-11", "0-9"),
        arguments("bytes=-" + BEYOND_LONG, "0-9"),
        arguments("BYTES=0-1", "0-1"),
        arguments("  bytes=0-1\t", "0-1"),
        arguments("bytes=,, 0-1 ,\t, 4-5,", "0-1 4-5"),
        arguments("bytes=0-1,10-", "0-1"),
        arguments("bytes=-0,0-1", "0-1"),
        arguments("bytes=10-", "unsatisfiable"),
        arguments("bytes=10-20,30-", "unsatisfiable"),
        arguments("bytes=" + BEYOND_LONG + "-", "unsatisfiable"),
        arguments("bytes=" + Long.MAX_VALUE + "-" + BEYOND_LONG, "unsatisfiable"),
        arguments("bytes=-0", "unsatisfiable"),
        arguments("bytes=-000", "unsatisfiable"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "bytes",
        "bytes=",
        "bytes= , ,",
        "=0-1",
        "0-1",
        "bytes 0-1",
        "bytes =0-1",
        "pages=0-1",
        "bytes=-",
        "bytes=5",
        "bytes=--5",
        "bytes=1--2",
        "bytes=1-2-3",
        "bytes=0 - 1",
        "bytes=0- 1",
        "bytes=+0-1",
        "bytes=0-1;2-3",
        "bytes=0x0-0x1",
        "bytes=a-b",
        "bytes=\u0660-\u0661", // digits, but not ASCII ones
        "bytes=2-1",
        "bytes=20-11",
        "bytes=0-1,2-1",
        "bytes=2-1,0-1",
        "bytes=0-1,x",
        "bytes=0-1, bytes=4-5", // two lines combined
        "bytes==0-1"
      })
  void select_withoutAValidRange_isTheWhole(String range) {
    assertThat(ByteRanges.select(range, 10)).isEqualTo(new Selection.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=5-", "bytes=-0", "bytes=-1"})
  void select_ofNothing_isTheWhole(String range) {
    assertThat(ByteRanges.select(range, 0)).isEqualTo(new Selection.Whole());
  }

  @Test
  void select_ofAnUnknownLength_isTheWhole() {
    assertThat(ByteRanges.select("bytes=0-1", -1)).isEqualTo(new Selection.Whole());
    assertThat(ByteRanges.select("bytes=0-1", Long.MIN_VALUE)).isEqualTo(new Selection.Whole());
  }

  @Test
  void select_ofTheGreatestLength_doesNotOverflow() {
    String last = Long.toString(Long.MAX_VALUE - 1);

    assertThat(text(ByteRanges.select("bytes=0-", Long.MAX_VALUE))).isEqualTo("0-" + last);
    assertThat(text(ByteRanges.select("bytes=-1,0-0,0-", Long.MAX_VALUE))).isEqualTo("0-" + last);
    assertThat(new Span(0, Long.MAX_VALUE - 1).length()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=6-7,0-1           | 6-7 0-1",
        "bytes=6-7,0-1,3-4       | 6-7 0-1 3-4",
        "bytes=0-1,1-2           | 0-2",
        "bytes=0-1,2-3           | 0-3",
        "bytes=2-3,0-1           | 0-3",
        "bytes=0-1,3-4           | 0-1 3-4",
        "bytes=0-1,3-4,2-2       | 0-4",
        "bytes=6-7,0-1,3-4,1-3   | 6-7 0-4",
        "bytes=0-1,6-7,8-9       | 0-1 6-9",
        "bytes=0-1,6-7,2-3       | 0-3 6-7",
        "bytes=0-9,2-3           | 0-9",
        "bytes=2-3,0-9           | 0-9",
        "bytes=0-,0-,0-,0-,0-,0- | 0-9",
        "bytes=-1,-2,-3          | 7-9",
      })
  void select_rangesThatOverlapOrTouch_areJoined(String range, String expected) {
    assertThat(text(ByteRanges.select(range, 10))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-0", "-1", "0-", "2000-"})
  void select_moreRangesThanTheMost_isTheWhole(String spec) {
    String most = "bytes=" + String.join(",", Collections.nCopies(16, spec));

    assertThat(ByteRanges.select(most, 1_000)).isNotInstanceOf(Selection.Whole.class);
    assertThat(ByteRanges.select(most + "," + spec, 1_000)).isEqualTo(new Selection.Whole());
  }

  @Test
  void select_emptyListElements_doNotCount() {
    String range = "bytes=" + ", ".repeat(4_000) + "0-1";

    assertThat(text(ByteRanges.select(range, 10))).isEqualTo("0-1");
  }

  @Test
  void span_thatIsNone_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(0, Long.MAX_VALUE));
    assertThatIllegalArgumentException().isThrownBy(() -> new Selection.Parts(List.of()));
  }

  private static String text(Selection selection) {
    if (selection instanceof Selection.Parts parts) {
      return parts.spans().stream()
          .map(span -> span.first() + "-" + span.last())
          .collect(Collectors.joining(" "));
    }
    return selection instanceof Selection.Unsatisfiable ? "unsatisfiable" : "whole";
  }
}
