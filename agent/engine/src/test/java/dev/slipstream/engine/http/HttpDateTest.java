package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long RFC_EXAMPLE = Instant.parse("1994-11-06T08:49:37Z").toEpochMilli();

  @Test
  void format_isImfFixdate() {
    assertThat(HttpDate.format(RFC_EXAMPLE)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    assertThat(HttpDate.format(RFC_EXAMPLE + 999)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
      })
  void parse_eachForm(String text) {
    assertThat(HttpDate.parse(text, NOW)).isEqualTo(RFC_EXAMPLE);
  }

  @Test
  void parse_asctimeWithATwoDigitDay() {
    assertThat(HttpDate.parse("Wed Nov 16 08:49:37 1994", NOW))
        .isEqualTo(Instant.parse("1994-11-16T08:49:37Z").toEpochMilli());
  }

  @Test
  void parse_whatFormatWrites_isTheSame() {
    Random random = new Random(9110);
    for (int i = 0; i < 1_000; i++) {
      long seconds = random.nextInt() & 0xFFFFFFFFL;

      assertThat(HttpDate.parse(HttpDate.format(seconds * 1000), NOW)).isEqualTo(seconds * 1000);
    }
  }

  /** What is read without a formatter is what that would have read, and nothing else is. */
  @Test
  void parse_ofAnyOddity_isAsTheFormatterHasIt() {
    DateTimeFormatter formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'")
            .toFormatter(Locale.US);
    Random random = new Random(5322);
    String letters = "0123456789 :,-GMTSunNovabFe";
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text =
          new StringBuilder(HttpDate.format(random.nextLong(253_402_300_800_000L)));
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        char to = letters.charAt(random.nextInt(letters.length()));
        text.setCharAt(random.nextInt(text.length()), to);
      }
      long expected;
      try {
        expected = LocalDateTime.parse(text, formatter).toInstant(ZoneOffset.UTC).toEpochMilli();
        read++;
      } catch (DateTimeException e) {
        expected = HttpDate.INVALID;
      }

      assertThat(HttpDate.parse(text.toString(), NOW)).as(text.toString()).isEqualTo(expected);
    }
    assertThat(read).isBetween(50_000, 150_000);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "0",
        "-1",
        "now",
        "1994-11-06T08:49:37.000000000Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT", // it was a Sunday
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 1994 08:61:37 GMT",
        "Tue, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nov-xx 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun  Nov 6 08:49:37 1994",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      })
  void parse_anythingElse_isInvalid(String text) {
    assertThat(HttpDate.parse(text, NOW)).isEqualTo(HttpDate.INVALID);
  }

  /** Such a date is the client's to send: it must not count as an error of ours. */
  @Test
  void parse_yearBeyondMilliseconds_isInvalid() {
    for (String day : new String[] {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) {
      assertThat(HttpDate.parse(day + ", 06 Nov +999999999 08:49:37 GMT", NOW))
          .as(day)
          .isEqualTo(HttpDate.INVALID);
    }
  }

  @ParameterizedTest
  @CsvSource({"2026, 2026", "2027, 2027", "2076, 2076", "2077, 1977", "1999, 1999", "2000, 2000"})
  void parse_twoDigitYear_isAtMostFiftyYearsAhead(int written, int meant) {
    LocalDate date = LocalDate.of(meant, 6, 15);
    String text =
        DateTimeFormatter.ofPattern("EEEE, dd-MMM-", Locale.US).format(date)
            + String.format(Locale.ROOT, "%02d", written % 100)
            + " 00:00:00 GMT";

    assertThat(HttpDate.parse(text, NOW))
        .isEqualTo(date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli());
  }

  @Test
  void parse_damagedDates_neverThrow() {
    Random random = new Random(5);
    String[] dates = {
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
    };
    int valid = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(dates[i % dates.length]);
      for (int n = random.nextInt(3); n >= 0; n--) {
        text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(96)));
      }
      if (HttpDate.parse(text.toString(), NOW) != HttpDate.INVALID) {
        valid++;
      }
    }
    assertThat(valid).isBetween(1, 10_000);
  }
}
