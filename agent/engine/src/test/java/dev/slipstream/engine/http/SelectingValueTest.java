package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectingValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a                 | a",
        "'  a  '           | a",
        "'\ta\t'           | a",
        "''                | ''",
        "a,b               | a,b",
        "a, b              | a,b",
        "'a ,\tb '         | a,b",
        "'a  ,  , b'       | a,,b",
        "',a'              | ,a",
        "'a, '             | a,",
        "'a b, c d'        | a b,c d",
        "'a; q=1, b ;q=2'  | a; q=1,b ;q=2",
        "\"a, b\", c       | \"a, b\",c",
        "\"a , \" , c      | \"a , \",c",
        "\"a \", c         | \"a \",c",
        "'x=\"a , b\" , c' | x=\"a , b\",c",
        "'\"a\\\" , b\" , c' | '\"a\\\" , b\",c'",
        "'\"a , b'         | '\"a , b'",
        "'\"a , b '        | '\"a , b '",
        "'a , \"b , '      | 'a,\"b , '",
      })
  void of_whiteSpaceAtCommas_outsideQuotes(String value, String expected) {
    assertThat(SelectingValue.of("x-kind", List.of(value))).isEqualTo(expected);
  }

  @Test
  void of_lines_areJoined() {
    assertThat(SelectingValue.of("accept", List.of("a", " b ", "c"))).isEqualTo("a,b,c");
    assertThat(SelectingValue.of("accept", List.of("a, b", "c"))).isEqualTo("a,b,c");
    assertThat(SelectingValue.of("accept", List.of("", ""))).isEqualTo(",");
  }

  @Test
  void of_absentField_isNull() {
    assertThat(SelectingValue.of("accept", List.of())).isNull();
    assertThat(SelectingValue.of("accept", List.of(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept-language", "accept-encoding", "accept-charset"})
  void of_namesWithoutCase_areInLowerCase(String name) {
    assertThat(SelectingValue.of(name, List.of("DE-at, En;Q=0.5"))).isEqualTo("de-at,en;q=0.5");
    assertThat(SelectingValue.of(name, List.of("GZIP"))).isEqualTo("gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept", "origin", "x-api-key", "cookie"})
  void of_otherFields_keepTheirCase(String name) {
    assertThat(SelectingValue.of(name, List.of("Text/HTML, B"))).isEqualTo("Text/HTML,B");
  }

  /** To a Java application the first of two languages of equal weight is the preferred one. */
  @Test
  void of_order_counts() {
    assertThat(SelectingValue.of("accept-language", List.of("de, en")))
        .isNotEqualTo(SelectingValue.of("accept-language", List.of("en, de")));
  }

  /** Written once in the one way, a value stays as it is; and values that differ stay apart. */
  @Test
  void of_generatedInput_isIdempotentAndLosesOnlyWhiteSpace() {
    Random random = new Random(9111);
    String[] pieces = {"a", "B", ",", ", ", " ,", " ", "\t", "\"", "\\", "\\\"", "=", ";q=0.5"};
    for (int i = 0; i < 100_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        value.append(pieces[random.nextInt(pieces.length)]);
      }
      String once = SelectingValue.of("x-kind", List.of(value.toString()));

      assertThat(once).isNotNull();
      assertThat(SelectingValue.of("x-kind", List.of(once))).as("of <%s>", value).isEqualTo(once);
      assertThat(withoutSpace(once)).as("of <%s>", value).isEqualTo(withoutSpace(value.toString()));
    }
  }

  private static String withoutSpace(String text) {
    return text.replace(" ", "").replace("\t", "");
  }
}
