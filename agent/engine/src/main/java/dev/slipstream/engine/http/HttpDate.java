package dev.slipstream.engine.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as HTTP writes them, in milliseconds since 1970 (RFC 9110 §5.6.7). */
public final class HttpDate {
  /** What a date that cannot be read is. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final DateTimeFormatter IMF_FIXDATE = form("EEE, dd MMM yyyy HH:mm:ss 'GMT'");

  /** The same: 0 stands for a digit, ? for a letter. */
  private static final String FORM = "???, 00 ??? 0000 00:00:00 GMT";

  private static final String WEEKDAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss yyyy");

  /** Seconds that are remembered as written: each hit sends the date that its answer was made. */
  private static final int LATELY = 1_024;

  /** A date as it is written. */
  private record Written(long second, String text) {}

  // By their seconds. Written and read without care: what is lost is written anew.
  private static final @Nullable Written[] LATELY_WRITTEN = new Written[LATELY];

  private HttpDate() {}

  /** A date in the preferred form, IMF-fixdate. */
  public static String format(long millis) {
    long second = Math.floorDiv(millis, 1000);
    int slot = (int) (second & (LATELY - 1));
    Written written = LATELY_WRITTEN[slot];
    if (written == null || written.second() != second) {
      Instant instant = Instant.ofEpochSecond(second);
      written = new Written(second, IMF_FIXDATE.format(instant.atOffset(ZoneOffset.UTC)));
      LATELY_WRITTEN[slot] = written;
    }
    return written.text();
  }

  /**
   * A date in any of the three forms, or {@link #INVALID}; {@code now} resolves two-digit years.
   */
  public static long parse(@Nullable String text, long nowMillis) {
    if (text == null || text.length() < 24) {
      return INVALID;
    }
    long plain = plain(text);
    if (plain != INVALID) {
      return plain;
    }
    DateTimeFormatter form =
        text.charAt(3) == ',' ? IMF_FIXDATE : text.charAt(3) == ' ' ? ASCTIME : rfc850(nowMillis);
    try {
      return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) { // the latter: a year beyond milliseconds
      return INVALID;
    }
  }

  /**
   * A date as nearly all are written, exactly as {@link #format} does: a formatter takes a
   * microsecond and a kilobyte for one. {@link #INVALID} where anything about it is not so plain,
   * which is for the formatters to judge.
   */
  private static long plain(String text) {
    if (text.length() != FORM.length()) {
      return INVALID;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char form = FORM.charAt(i);
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : form != '?' && form != c) {
        return INVALID;
      }
    }
    int weekday = place(WEEKDAYS, text, 0);
    int month = place(MONTHS, text, 8);
    int year = 100 * twoDigits(text, 12) + twoDigits(text, 14);
    int day = twoDigits(text, 5);
    int hour = twoDigits(text, 17);
    int minute = twoDigits(text, 20);
    int second = twoDigits(text, 23);
    boolean isTime = hour < 24 && minute < 60 && second < 60;
    if (weekday == 0 || month == 0 || year == 0 || day == 0 || !isTime) {
      return INVALID;
    }
    if (day > YearMonth.of(year, month).lengthOfMonth()) {
      return INVALID;
    }
    LocalDateTime date = LocalDateTime.of(year, month, day, hour, minute, second);
    return date.getDayOfWeek().getValue() == weekday
        ? 1000 * date.toEpochSecond(ZoneOffset.UTC)
        : INVALID;
  }

  /** Which of three-letter words a text has at a place, from 1; 0 where it has none of them. */
  private static int place(String words, String text, int at) {
    for (int i = 0; i < words.length(); i += 3) {
      if (words.regionMatches(i, text, at, 3)) {
        return i / 3 + 1;
      }
    }
    return 0;
  }

  private static int twoDigits(String text, int at) {
    return 10 * (text.charAt(at) - '0') + (text.charAt(at + 1) - '0');
  }

  /** Upper and lower case are the same to a cache that reads a date (RFC 9111 §4.2). */
  private static DateTimeFormatter form(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US);
  }

  /** The obsolete form: a two-digit year is at most 50 years in the future (RFC 9110 §5.6.7). */
  private static DateTimeFormatter rfc850(long nowMillis) {
    int thisYear = Instant.ofEpochMilli(nowMillis).atOffset(ZoneOffset.UTC).getYear();
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, thisYear - 49)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US);
  }
}
