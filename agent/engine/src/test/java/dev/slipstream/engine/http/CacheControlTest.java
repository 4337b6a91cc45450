package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheControlTest {
  private static final long GREATEST = Integer.MAX_VALUE;

  /** RFC 9111 §5.2.2.4, §5.2.2.7: with an argument they are about the fields that it lists. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        // Cache-Control, about the whole response, the fields
        "private                          | true  | ''",
        "private=\"X-A\"                  | false | x-a",
        "private=X-A                      | false | x-a",
        "PRIVATE=\" X-A ,x-b\"            | false | x-a;x-b",
        "private=\"\"                     | true  | ''",
        "private=                         | true  | ''",
        "private=\"X A\"                  | true  | ''",
        "private=\"X-A,\"                 | true  | ''",
        "private=\"X-A, (\"               | true  | ''",
        "private=\"X-A\", private=\"X-B\" | false | x-a;x-b",
        "private=\"X-A\", private         | true  | ''",
        "private, private=\"X-A\"         | true  | ''",
        "no-cache=\"X-A\"                 | false | ''",
        "max-age=5                        | false | ''",
      })
  void listedFields_orTheWholeResponse(String line, boolean whole, String listed) {
    CacheControl control = CacheControl.parse(List.of(line));

    assertThat(control.hasWhole("private")).isEqualTo(whole);
    assertThat(String.join(";", new TreeSet<>(control.listedFields("private")))).isEqualTo(listed);
  }

  @Test
  void listedFields_ofSeveralLines_areAllOfThem() {
    CacheControl control = CacheControl.parse(List.of("no-cache=\"X-A\"", "no-cache=\"X-B\""));

    assertThat(control.listedFields("no-cache")).containsExactlyInAnyOrder("x-a", "x-b");
    assertThat(CacheControl.parse(List.of("no-cache=\"X-A\"", "no-cache")).hasWhole("no-cache"))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource
  void argument_byTheGrammar(String line, String directive, String expected) {
    assertThat(CacheControl.parse(List.of(line)).argument(directive)).isEqualTo(expected);
  }

  static Stream<Arguments> argument_byTheGrammar() {
    return Stream.of(
        arguments("max-age=60", "max-age", "60"),
        arguments("no-store", "no-store", ""),
        arguments("no-store", "max-age", null),
        arguments("Max-AGE=60, NO-STORE", "max-age", "60"),
        arguments("Max-AGE=60, NO-STORE", "no-store", ""),
        arguments("  no-cache \t,\t max-age=5  ", "no-cache", ""),
        arguments("  no-cache \t,\t max-age=5  ", "max-age", "5"),
        arguments("max-age = 60", "max-age", "60"),
        arguments(",, ,no-store,,", "no-store", ""),
        arguments("no-store,max-age=5", "max-age", "5"),
        arguments("max-age=\"60\"", "max-age", "60"),
        arguments("private=\"Set-Cookie, X-A\", max-age=5", "private", "Set-Cookie, X-A"),
        arguments("private=\"Set-Cookie, X-A\", max-age=5", "max-age", "5"),
        arguments("ext=\"a\\\"b, no-store\", max-age=5", "ext", "a\"b, no-store"),
        arguments("ext=\"a\\\"b, no-store\", max-age=5", "no-store", null),
        arguments("ext=\"a\\\\\", no-store", "no-store", ""),
        arguments("ext=\"\", no-store", "ext", ""),
        arguments("ext=\"never closed, no-store", "no-store", null),
        arguments("ext=\"never closed\\", "ext", "never closed\\"),
        arguments("max-age=\"10\"garbage, no-store", "max-age", "10"),
        arguments("max-age=\"10\"garbage, no-store", "no-store", ""),
        arguments("a=b=c, private", "a", "b"),
        arguments("a=b=c, private", "private", ""),
        arguments("a\"b, no-store\"c, private", "no-store", null),
        arguments("a\"b, no-store\"c, private", "private", ""),
        arguments("=5, private", "private", ""),
        arguments("=5, private", "", null),
        arguments("max-age", "max-age", ""),
        arguments("max-age=", "max-age", ""),
        arguments("max-age=1, max-age=2", "max-age", "1"),
        arguments("", "no-store", null));
  }

  @Test
  void argument_acrossLines_firstOccurrenceCounts() {
    CacheControl parsed = CacheControl.parse(List.of("max-age=1", "no-store, max-age=2, a=b"));

    assertThat(parsed.argument("max-age")).isEqualTo("1");
    assertThat(parsed.has("no-store")).isTrue();
    assertThat(parsed.argument("a")).isEqualTo("b");
  }

  @Test
  void argument_quoteOpenAtTheLinesEnd_staysInItsLine() {
    CacheControl parsed = CacheControl.parse(List.of("ext=\"open", "no-store"));

    assertThat(parsed.has("no-store")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "00060, 60",
    "2147483647, 2147483647",
    "2147483648, 2147483647",
    "99999999999999999999999999999999999, 2147483647",
    "-1, 0",
    "+1, 0",
    "1.5, 0",
    "6O, 0",
    "1e3, 0",
    "0x10, 0",
    "\u0661, 0", // a digit, but not an ASCII one
    "60 seconds, 0",
  })
  void seconds_ofAnArgument(String argument, long expected) {
    assertThat(CacheControl.parse(List.of("max-age=" + argument)).seconds("max-age"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age", "max-age=", "max-age=\"\"", "max-age=,"})
  void seconds_withoutAnArgument_isStale(String line) {
    assertThat(CacheControl.parse(List.of(line)).seconds("max-age")).isZero();
  }

  @Test
  void seconds_withoutTheDirective_isAbsent() {
    assertThat(CacheControl.parse(List.of("s-maxage=5")).seconds("max-age"))
        .isEqualTo(CacheControl.ABSENT);
  }

  @Test
  void isEmpty_onlyWithoutAnyDirective() {
    assertThat(CacheControl.parse(List.of())).isSameAs(CacheControl.NONE);
    assertThat(CacheControl.NONE.isEmpty()).isTrue();
    assertThat(CacheControl.parse(List.of("", " , ")).isEmpty()).isTrue();
    assertThat(CacheControl.parse(List.of("x")).isEmpty()).isFalse();
  }

  @Test
  void parse_anyInput_neverThrows() {
    Random random = new Random(9111);
    String[] pieces = {
      "max-age",
      "no-store",
      "private",
      "=",
      "=",
      ",",
      "\"",
      "\\",
      " ",
      "\t",
      "60",
      "-1",
      ";",
      "é",
      "\u0000",
      "\uD83D",
      "99999999999999999999",
      "\r\n"
    };
    for (int i = 0; i < 20_000; i++) {
      List<String> lines = new ArrayList<>();
      for (int line = random.nextInt(3); line >= 0; line--) {
        StringBuilder text = new StringBuilder();
        for (int piece = random.nextInt(12); piece > 0; piece--) {
          text.append(pieces[random.nextInt(pieces.length)]);
        }
        lines.add(text.toString());
      }

      CacheControl parsed = CacheControl.parse(lines);

      assertThat(parsed.seconds("max-age")).as("%s", lines).isBetween(-1L, GREATEST);
      assertThat(parsed.has("max-age")).isEqualTo(parsed.argument("max-age") != null);
    }
  }

  @Test
  void parse_whatTheGrammarWrites_readsTheSame() {
    Random random = new Random(52);
    for (int i = 0; i < 5_000; i++) {
      Map<String, String> written = new LinkedHashMap<>();
      List<String> elements = new ArrayList<>();
      for (int n = random.nextInt(6); n >= 0; n--) {
        String name = "d" + random.nextInt(8);
        String argument = text(random);
        String element =
            argument.isEmpty() && random.nextBoolean() ? name : name + "=" + quoted(argument);
        elements.add(
            random.nextBoolean()
                ? element
                : name.toUpperCase(Locale.ROOT) + element.substring(name.length()));
        written.putIfAbsent(name, argument);
      }
      String line = String.join(random.nextBoolean() ? "," : " ,\t ", elements);

      CacheControl parsed = CacheControl.parse(List.of(line));

      written.forEach(
          (name, argument) ->
              assertThat(parsed.argument(name)).as("%s in %s", name, line).isEqualTo(argument));
    }
  }

  private static String text(Random random) {
    String characters = "ab0, =\"\\;";
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
