package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.MutableClock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfRangeTest {
  private static final long NOW = MutableClock.START_MILLIS;
  private static final String MODIFIED = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final long MODIFIED_MILLIS = 784_111_777_000L;

  @Test
  void allows_withoutTheField() {
    assertThat(IfRange.allows(null, Fields.EMPTY, NOW, NOW)).isTrue();
  }

  /** Among them the examples of RFC 9110 §8.8.3.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "W/\"1\"   | W/\"1\"         | false",
        "W/\"1\"   | W/\"2\"         | false",
        "W/\"1\"   | \"1\"           | false",
        "\"1\"     | W/\"1\"         | false",
        "\"1\"     | \"1\"           | true",
        "\"1\"     | \"2\"           | false",
        "\"1\"     | \"11\"          | false",
        "\"a\"     | \"A\"           | false",
        "\"1\"     | ' \"1\"\t'      | true",
        "' \"1\" ' | \"1\"           | true",
        "\"a,b\"   | \"a,b\"         | true",
        "\"é\"     | \"é\"           | true",
        "\"\"      | \"\"            | true",
        "\"1\"     | \"0\", \"1\"    | false",
        "\"1\"     | \"1\", \"1\"    | false",
        "\"1\",\"1\" | \"1\",\"1\"   | false",
        "\"1\"     | *               | false",
        "*         | *               | false",
        "\"1\"     | 1               | false",
        "1         | 1               | false",
        "\"        | \"              | false",
        "\"1       | \"1             | false",
        "\"a b\"   | \"a b\"         | false",
        "\"1\"     | ''              | false",
      })
  void allows_entityTags(String stored, String ifRange, boolean expected) {
    assertThat(IfRange.allows(ifRange, Fields.of("ETag", stored), NOW, NOW)).isEqualTo(expected);
  }

  @Test
  void allows_entityTag_storedWithoutOne() {
    Fields fields = Fields.of("Last-Modified", MODIFIED);

    assertThat(IfRange.allows("\"1\"", fields, NOW, NOW)).isFalse();
  }

  @Test
  void allows_entityTag_storedWithTwo() {
    Fields fields = Fields.of("ETag", "\"1\"", "ETag", "\"2\"");

    assertThat(IfRange.allows("\"1\"", fields, NOW, NOW)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT  | true",
        "Sunday, 06-Nov-94 08:49:37 GMT | true",
        "Sun Nov  6 08:49:37 1994       | true",
        "Sun, 06 Nov 1994 08:49:36 GMT  | false",
        "Sun, 06 Nov 1994 08:49:38 GMT  | false",
        "Mon, 06 Nov 1994 08:49:37 GMT  | false",
        "Sun, 06 Nov 1994 08:49:37 CET  | false",
        "Sun, 06 Nov 1994 08:49:37      | false",
        "784111777                      | false",
      })
  void allows_dates_onlyTheVerySame(String ifRange, boolean expected) {
    Fields fields = Fields.of("ETag", "\"1\"", "Last-Modified", MODIFIED);

    assertThat(IfRange.allows(ifRange, fields, NOW, NOW)).isEqualTo(expected);
  }

  /** RFC 9110 §8.8.2.2: within the second of its Date a representation may change once more. */
  @ParameterizedTest
  @CsvSource({"-1000, false", "0, false", "999, false", "1000, true", "1001, true", "60000, true"})
  void allows_date_onlyWhereItIsStrong(long dateAfterMillis, boolean expected) {
    Fields fields = Fields.of("Last-Modified", MODIFIED);

    assertThat(IfRange.allows(MODIFIED, fields, MODIFIED_MILLIS + dateAfterMillis, NOW))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0})
  void allows_date_ofAResponseWithoutASensibleDate(long dateMillis) {
    Fields fields = Fields.of("Last-Modified", MODIFIED);

    assertThat(IfRange.allows(MODIFIED, fields, dateMillis, NOW)).isFalse();
  }

  @Test
  void allows_date_storedWithoutOrWithAnUnreadableOne() {
    assertThat(IfRange.allows(MODIFIED, Fields.EMPTY, NOW, NOW)).isFalse();
    assertThat(IfRange.allows("0", Fields.of("Last-Modified", "0"), NOW, NOW)).isFalse();
    assertThat(IfRange.allows("0", Fields.of("Last-Modified", "0"), -1, NOW)).isFalse();
    assertThat(IfRange.allows(MODIFIED, Fields.of("ETag", MODIFIED), NOW, NOW)).isFalse();
  }

  @Test
  void allows_anyInput_neverThrowsAndOnlyWhatIsStored() {
    Random random = new Random(1315);
    String[] pieces = {
      "\"",
      "\"",
      "W/",
      "1",
      "a",
      ",",
      " ",
      "*",
      "\\",
      MODIFIED,
      "Sun",
      "Sunday, 06-Nov-94",
      "GMT",
      "08:49:37",
      "\t",
      "é",
      "\u0000",
      "\uD83D",
      "\r\n"
    };
    Fields fields = Fields.of("ETag", "\"1\"", "Last-Modified", MODIFIED);
    int allowed = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(5); piece > 0; piece--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String ifRange = text.toString();

      if (IfRange.allows(ifRange, fields, NOW, NOW)) {
        assertThat(ifRange.strip()).isIn("\"1\"", MODIFIED, "Sunday, 06-Nov-94 08:49:37 GMT");
        allowed++;
      }
    }
    assertThat(allowed).isGreaterThan(500);
  }
}
