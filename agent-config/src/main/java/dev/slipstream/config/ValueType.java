package dev.slipstream.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a value is read from text: what is accepted, in which unit and within which bounds.
 *
 * @param <T> the value
 */
public final class ValueType<T> {

  private static final String NONE = "none";
  private static final Pattern METHOD =
      Pattern.compile("[\\w$]+(\\.[\\w$]+)*(#[\\w$]+)?", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

  private final String accepted;
  private final Parser<T> parser;

  private ValueType(String accepted, Parser<T> parser) {
    this.accepted = accepted;
    this.parser = parser;
  }

  /**
   * The reading of a text.
   *
   * @param <T> the value
   */
  @FunctionalInterface
  public interface Parser<T> {
    /** Returns the value that the text stands for. */
    T parse(String text) throws InvalidValueException;
  }

  /**
   * Returns a type of its own.
   *
   * @param accepted what is accepted, in words
   */
  public static <T> ValueType<T> of(String accepted, Parser<T> parser) {
    return new ValueType<>(accepted, parser);
  }

  /** Returns the value that the text stands for; blanks around it do not count. */
  public T parse(String text) throws InvalidValueException {
    return parser.parse(text.strip());
  }

  /** Returns what is accepted, in words. */
  public String accepted() {
    return accepted;
  }

  /** A duration from {@code minimum} to {@code maximum}; a plain number is in seconds. */
  public static ValueType<Duration> seconds(Duration minimum, Duration maximum) {
    return duration("s", minimum, maximum);
  }

  /** A duration from {@code minimum} to {@code maximum}; a plain number is in milliseconds. */
  public static ValueType<Duration> milliseconds(Duration minimum, Duration maximum) {
    return duration("ms", minimum, maximum);
  }

  private static ValueType<Duration> duration(String unit, Duration minimum, Duration maximum) {
    ValueType<Long> type =
        quantity(Quantity.DURATION, unit, minimum.toMillis(), maximum.toMillis());
    return new ValueType<>(type.accepted, text -> Duration.ofMillis(type.parse(text)));
  }

  /** A number of bytes; a plain number is in bytes. */
  public static ValueType<Integer> bytes(int minimum, int maximum) {
    ValueType<Long> type = quantity(Quantity.SIZE, "B", minimum, maximum);
    return new ValueType<>(type.accepted, text -> Math.toIntExact(type.parse(text)));
  }

  /** A number of bytes; a plain number is in megabytes. */
  static ValueType<Long> megabytes(int minimum, int maximum) {
    return quantity(Quantity.SIZE, "MB", (long) minimum << 20, (long) maximum << 20);
  }

  private static ValueType<Long> quantity(
      Quantity quantity, String unit, long minimum, long maximum) {
    String accepted =
        quantity.format(minimum)
            + " to "
            + quantity.format(maximum)
            + ", in "
            + quantity.symbols()
            + " (a plain number is in "
            + unit
            + ")";
    return new ValueType<>(
        accepted,
        text -> {
          OptionalLong value = quantity.parse(text, unit);
          if (value.isEmpty()) {
            throw new InvalidValueException("is not " + quantity.noun());
          }
          return within(value.getAsLong(), minimum, maximum);
        });
  }

  /** A whole number. */
  public static ValueType<Integer> integer(int minimum, int maximum) {
    return new ValueType<>(
        minimum + " to " + maximum,
        text -> Math.toIntExact(within(wholeNumber(text), minimum, maximum)));
  }

  /** A whole number of percent, 1 to 100, with or without the sign. */
  static ValueType<Integer> percent() {
    return new ValueType<>(
        "1 to 100, in percent",
        text -> {
          String number = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
          return Math.toIntExact(within(wholeNumber(number), 1, 100));
        });
  }

  /** A share, written in percent with or without the sign; the value is 0 to 1. */
  public static ValueType<Double> share(double minimumPercent, double maximumPercent) {
    return new ValueType<>(
        percent(minimumPercent) + " to " + percent(maximumPercent) + ", in percent",
        text -> {
          String number = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
          double value;
          try {
            value = new BigDecimal(number).doubleValue();
          } catch (NumberFormatException e) {
            throw new InvalidValueException("is not a number");
          }
          if (value < minimumPercent || value > maximumPercent) {
            throw new InvalidValueException("is out of bounds");
          }
          return value / 100;
        });
  }

  private static String percent(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() + "%";
  }

  private static long wholeNumber(String text) throws InvalidValueException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidValueException("is not a whole number");
    }
  }

  private static long within(long value, long minimum, long maximum) throws InvalidValueException {
    if (value < minimum || value > maximum) {
      throw new InvalidValueException("is out of bounds");
    }
    return value;
  }

  /** Yes or no. */
  public static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw new InvalidValueException("is not true or false");
            });
  }

  /** One of an enum's constants, in lower case. */
  public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> names =
        constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
    String accepted =
        String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.get(names.size() - 1);
    return new ValueType<>(
        accepted,
        text -> {
          int index = names.indexOf(text.toLowerCase(Locale.ROOT));
          if (index < 0) {
            throw new InvalidValueException("is not one of them");
          }
          return constants.get(index);
        });
  }

  /** The path of a file, relative to the working directory of the process. */
  static ValueType<Path> path() {
    return new ValueType<>(
        "the path of a file",
        text -> {
          try {
            return Path.of(text);
          } catch (InvalidPathException e) {
            throw new InvalidValueException("is not a path");
          }
        });
  }

  /** The first part of every key: letters, digits, {@code -}, {@code _} and {@code .}. */
  static ValueType<String> keyPrefix() {
    return new ValueType<>(
        "1 to 64 letters, digits, \"-\", \"_\" and \".\"",
        text -> {
          if (text.isEmpty() || text.length() > 64 || !text.chars().allMatch(ValueType::inPrefix)) {
            throw new InvalidValueException("is not a key prefix");
          }
          return text;
        });
  }

  private static boolean inPrefix(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
  }

  /** The name of a header field (a token of RFC 9110, section 5.6.2). */
  public static ValueType<String> fieldName() {
    return new ValueType<>(
        "names of header fields",
        text -> {
          if (!Tokens.isToken(text)) {
            throw new InvalidValueException("is not the name of a header field");
          }
          return text;
        });
  }

  /** The name of a header field in which {@code *} stands for any characters, {@code ?} for one. */
  static ValueType<String> fieldNamePattern() {
    return new ValueType<>(
        "names of header fields, with * for any characters and ? for one",
        text -> {
          // "*" is a character of tokens, "?" is not.
          if (text.length() > 128 || !Tokens.isToken(text.replace('?', '*'))) {
            throw new InvalidValueException("is not the name of a header field or a pattern");
          }
          return text;
        });
  }

  /** The path of requests, in which {@code *} stands for any characters and {@code ?} for one. */
  static ValueType<String> requestPathPattern() {
    return new ValueType<>(
        "paths, with * for any characters and ? for one",
        text -> {
          boolean path = text.startsWith("/") || text.startsWith("*");
          if (!path || text.length() > 256 || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidValueException("is not a path or a pattern of paths");
          }
          return text;
        });
  }

  /** A secret that a request shows in a header field. */
  static ValueType<String> token() {
    return new ValueType<>(
        "16 to 256 visible ASCII characters",
        text -> {
          if (text.length() < 16) {
            throw new InvalidValueException("is too short");
          }
          if (text.length() > 256 || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidValueException("is not a token");
          }
          return text;
        });
  }

  /** A class, and after a number sign one of its methods. */
  static ValueType<String> method() {
    return new ValueType<>(
        "class names such as com.example.Front, or with a method, com.example.Front#handle",
        text -> {
          if (text.length() > 512 || !METHOD.matcher(text).matches()) {
            throw new InvalidValueException("is not the name of a class or method");
          }
          return text;
        });
  }

  /** The name or address of a host. */
  static ValueType<String> host() {
    return new ValueType<>(
        "the name or address of a host",
        text -> {
          if (!HOST.matcher(text).matches()) {
            throw new InvalidValueException("is not a host");
          }
          return text;
        });
  }

  /** A name in which {@code *} stands for any characters and {@code ?} for one. */
  public static ValueType<String> namePattern() {
    return new ValueType<>(
        "names, with * for any characters and ? for one",
        text -> {
          if (text.isEmpty() || text.length() > 128 || !text.chars().allMatch(ValueType::inName)) {
            throw new InvalidValueException("is not a name or pattern");
          }
          return text;
        });
  }

  private static boolean inName(int c) {
    return c > ' ' && c != 0x7f && c != ',' && c != ';' && c != '=' && c != '"';
  }

  /** Keys to encrypt with, separated by commas, or {@code none}. */
  static ValueType<List<EncryptionKey>> encryptionKeys() {
    ValueType<List<String>> texts = listOf(new ValueType<>(EncryptionKey.ACCEPTED, text -> text));
    return new ValueType<>(texts.accepted, text -> EncryptionKey.parseAll(texts.parse(text)));
  }

  /** The address of a Redis server, cluster or sentinel group. */
  static ValueType<RedisUrl> redisUrl() {
    return new ValueType<>(
        "redis://[user:password@]host[:port][/database], redis-cluster://host,host,"
            + " redis-sentinel://host,host/master, the same with rediss for TLS",
        RedisUrl::parse);
  }

  /** The same values, or {@code none}. */
  static <T> ValueType<Optional<T>> orNone(ValueType<T> type) {
    return new ValueType<>(
        type.accepted + ", or none",
        text -> isNone(text) ? Optional.empty() : Optional.of(type.parse(text)));
  }

  /** Up to 100 values separated by commas, or {@code none} for an empty list. */
  static <T> ValueType<List<T>> listOf(ValueType<T> type) {
    return new ValueType<>(
        type.accepted + ", separated by commas, or none",
        text -> {
          List<T> values = new ArrayList<>();
          if (!isNone(text)) {
            for (String item : items(text)) {
              values.add(type.parse(item));
            }
          }
          if (values.size() > 100) {
            throw new InvalidValueException("has more than 100 entries");
          }
          return List.copyOf(values);
        });
  }

  private static List<String> items(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static boolean isNone(String text) {
    return text.equalsIgnoreCase(NONE);
  }
}
