package dev.slipstream.it.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times relative to now in the field lines of a case.
 *
 * <p>{@code {now}}, {@code {now-20s}} and {@code {now+1d}} become an IMF-fixdate; {@code {rfc850
 * now+1h}} and {@code {asctime now+1h}} the obsolete forms (RFC 9110 §5.6.7).
 */
public final class Times {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{(?:(rfc850|asctime) )?now(?:([+-]\\d+)([smhd]))?}");

  private static final DateTimeFormatter IMF = format("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter RFC850 = format("EEEE, dd-MMM-yy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME = format("EEE MMM ppd HH:mm:ss yyyy");

  private Times() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** The time so many seconds from now, as an IMF-fixdate. */
  public static String imf(long secondsFromNow) {
    return IMF.format(at(secondsFromNow));
  }

  /** The text with every time put in. */
  static String in(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(match -> Matcher.quoteReplacement(time(match)));
  }

  private static String time(MatchResult match) {
    DateTimeFormatter format =
        switch (match.group(1) == null ? "" : match.group(1)) {
          case "rfc850" -> RFC850;
          case "asctime" -> ASCTIME;
          default -> IMF;
        };
    long amount = match.group(2) == null ? 0 : Long.parseLong(match.group(2));
    Duration distance =
        switch (match.group(3) == null ? "s" : match.group(3)) {
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          case "d" -> Duration.ofDays(amount);
          default -> Duration.ofSeconds(amount);
        };
    return format.format(at(distance.toSeconds()));
  }

  private static ZonedDateTime at(long secondsFromNow) {
    return Instant.now().atZone(ZoneOffset.UTC).plusSeconds(secondsFromNow);
  }
}
