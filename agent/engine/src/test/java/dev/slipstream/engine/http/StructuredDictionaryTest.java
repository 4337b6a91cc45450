package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targeted fields as dictionaries (RFC 9651 §4.2.2, RFC 9213 §2.1). */
class StructuredDictionaryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=5",
        " max-age=5 ",
        "max-age=5;a;b=1;c=\"x\";d=tok;e=:YQ==:;f=?0;g=1.5",
        "max-age=5; a",
        "a,max-age=5",
        "a ,\t max-age=5",
        "a=?1, max-age=5, b=?0",
        "a=1.5, max-age=5",
        "a=-1, max-age=5",
        "a=tok/x:y, max-age=5",
        "a=*tok, max-age=5",
        "a=:YWJj:, max-age=5",
        "a=::, max-age=5",
        "a=@1659578233, max-age=5",
        "a=%\"f%c3%bc\", max-age=5",
        "a=(), max-age=5",
        "a=(1 2), max-age=5",
        "a=( \"x\";p  tok ?1 );q=1, max-age=5",
        "*a_-.*=1, max-age=5",
        "max-age=1, max-age=5",
        "max-age=x, max-age=5",
        "a=\"\\\"\\\\\", max-age=5",
        "max-age=000000000000005",
      })
  void directives_ofADictionary(String line) {
    CacheControl directives = StructuredDictionary.directives(List.of(line));

    assertThat(directives).isNotNull();
    assertThat(directives.seconds("max-age")).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=5,",
        ",max-age=5",
        "max-age=5,,a",
        "max-age=5 a",
        "max-age =5",
        "max-age= 5",
        "max-age=",
        "Max-Age=5",
        "max-age=5;",
        "max-age=5;A",
        "max-age=5;a=",
        "max-age=5, 1a",
        "max-age=5, -a",
        "max-age=5, a=1.",
        "max-age=5, a=.5",
        "max-age=5, a=1.2345",
        "max-age=5, a=1234567890123.1",
        "max-age=5, a=1234567890123456",
        "max-age=5, a=-",
        "max-age=5, a=--1",
        "max-age=5, a=\"x",
        "max-age=5, a=\"\\x\"",
        "max-age=5, a=\"\u00e4\"",
        "max-age=5, a=\"\t\"",
        "max-age=5, a=\"x\\",
        "max-age=5, a=:YQ",
        "max-age=5, a=:Y Q:",
        "max-age=5, a=?2",
        "max-age=5, a=?",
        "max-age=5, a=(",
        "max-age=5, a=(1",
        "max-age=5, a=(1,2)",
        "max-age=5, a=(1(2))",
        "max-age=5, a=(\"x\"\"y\")",
        "max-age=5, a=@",
        "max-age=5, a=@1.5",
        "max-age=5, a=%\"%C3\"",
        "max-age=5, a='x'",
        "max-age=5, a=&",
        "\tmax-age=5",
        "max-age=5\u0000",
      })
  void directives_ofWhatIsNone_isNull(String line) {
    assertThat(StructuredDictionary.directives(List.of(line))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   "})
  void directives_ofNothing_isEmpty(String line) {
    assertThat(StructuredDictionary.directives(List.of(line)).isEmpty()).isTrue();
  }

  /** RFC 9213 §2.1: a value of another type than the directive has is ignored. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "max-age       | -1",
        "max-age=?1    | -1",
        "max-age=?0    | -1",
        "max-age=5.0   | -1",
        "max-age=-5    | -1",
        "max-age=\"5x\" | -1",
        "max-age=x     | -1",
        "max-age=(5)   | -1",
        "max-age=:NQ==:| -1",
        "max-age=@5    | -1",
        "max-age=5     | 5",
        "max-age=5, max-age=x | -1",
        "max-age=999999999999999 | 2147483647",
      })
  void directives_secondsOfAnotherType_sayNothing(String line, long seconds) {
    assertThat(StructuredDictionary.directives(List.of(line)).seconds("max-age"))
        .isEqualTo(seconds);
  }

  @Test
  void directives_secondsInAString_sayNothing() {
    assertThat(StructuredDictionary.directives(List.of("max-age=\"5\"")).seconds("max-age"))
        .isEqualTo(CacheControl.ABSENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-store     | true",
        "no-store=?1  | true",
        "no-store;x   | true",
        "no-store=?0  | false",
        "no-store=1   | false",
        "no-store=x   | false",
        "no-store, no-store=?0 | false",
      })
  void directives_withoutArgument_areTrueBooleans(String line, boolean present) {
    assertThat(StructuredDictionary.directives(List.of(line)).has("no-store")).isEqualTo(present);
  }

  @Test
  void directives_strings_listFields() {
    CacheControl directives =
        StructuredDictionary.directives(List.of("no-cache=\"Set-Cookie, X-A\", private"));

    assertThat(directives.listedFields("no-cache")).isEqualTo(Set.of("set-cookie", "x-a"));
    assertThat(directives.hasWhole("no-cache")).isFalse();
    assertThat(directives.hasWhole("private")).isTrue();
  }

  @Test
  void directives_generatedInput_neverThrows() {
    Random random = new Random(9213);
    String[] pieces = {
      "max-age",
      "a",
      "*",
      "=",
      ";",
      ",",
      " ",
      "\t",
      "\"",
      "\\",
      "(",
      ")",
      "1",
      "-",
      ".",
      "?1",
      "?",
      ":",
      "YQ==",
      "@",
      "%",
      "tok",
      "A",
      "\u00e4",
      "\u0000",
      "\uD83D",
      "no-cache",
      "999999999999999"
    };
    int dictionaries = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int n = random.nextInt(10); n > 0; n--) {
        line.append(pieces[random.nextInt(pieces.length)]);
      }
      String text = line.toString();
      Fields fields = Fields.of("X-Targeted", text, "X-Targeted", text, "Cache-Control", text);
      if (StructuredDictionary.directives(List.of(text)) != null) {
        dictionaries++;
      }

      Stated stated = Stated.of(fields, List.of("X-Targeted"));

      assertThat(stated.control().seconds("max-age"))
          .as(text)
          .isBetween(CacheControl.ABSENT, (long) Integer.MAX_VALUE);
    }
    assertThat(dictionaries).isBetween(5_000, 95_000);
  }
}
