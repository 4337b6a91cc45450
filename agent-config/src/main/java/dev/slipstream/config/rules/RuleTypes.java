package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;
import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the keys of a rule accept. */
final class RuleTypes {

  /** The methods of rules under which nothing is cached. */
  static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  static final String ADAPTIVE_EXAMPLE = "staleness: 5%, min: 1s, max: 1h";
  static final String BUDGET_EXAMPLE = "p95: 500ms, error_rate: 1%";
  static final ValueType<String> NAME =
      ValueType.of(
          "1 to 64 letters, digits, \"-\", \"_\" and \".\"",
          text -> checked(text, 64, "-_.", "is not a name"));
  static final ValueType<PathPattern> PATTERN =
      ValueType.of("a path such as /users/*, with *, **, ? and {a,b}", PathPattern::parse);
  static final ValueType<String> METHOD =
      ValueType.of("GET, HEAD and, with cache_post, POST", RuleTypes::cachedMethod);
  static final ValueType<String> ANY_METHOD =
      ValueType.of(String.join(", ", METHODS), text -> RuleTypes.method(text, METHODS));
  static final ValueType<Duration> TTL =
      ValueType.seconds(Duration.ofSeconds(1), Duration.ofDays(365));
  static final ValueType<RuleMode> MODE = ValueType.oneOf(RuleMode.class);
  static final ValueType<ServePlace> SERVE_PLACE = ValueType.oneOf(ServePlace.class);
  static final ValueType<Boolean> WRITTEN_THROUGH =
      ValueType.of("behind or through", RuleTypes::writtenThrough);
  static final ValueType<Duration> STALENESS =
      ValueType.seconds(Duration.ZERO, Duration.ofDays(365));
  static final ValueType<RequestCondition> CONDITION =
      ValueType.of(
          "header:NAME, cookie:NAME or query:NAME, or one of them and =VALUE, with * for any"
              + " characters and ? for one in VALUE",
          RuleTypes::condition);
  static final ValueType<Integer> STATUS =
      ValueType.of("200 to 599, but 206 and 304", RuleTypes::status);
  static final ValueType<String> FIELD_NAME = ValueType.fieldName();
  static final ValueType<Boolean> FLAG = ValueType.flag();
  static final ValueType<InvalidationTrigger> TRIGGER =
      ValueType.of(
          "a path pattern, or POST, PUT, PATCH or DELETE and a path pattern", RuleTypes::trigger);
  static final ValueType<String> TAG =
      ValueType.of(
          "1 to 128 letters, digits, \"-\", \"_\", \".\", \":\" and \"/\"",
          text -> checked(text, 128, "-_.:/", "is not a tag"));
  static final ValueType<OriginPolicy> ORIGIN = ValueType.oneOf(OriginPolicy.class);
  static final ValueType<String> NAME_PATTERN = ValueType.namePattern();
  static final ValueType<Priority> PRIORITY = ValueType.oneOf(Priority.class);
  static final ValueType<Duration> LONGEST_RESPONSE =
      ValueType.milliseconds(Duration.ofMillis(1), Duration.ofHours(1));
  static final ValueType<Double> ERROR_RATE = ValueType.share(0.01, 100);
  static final ValueType<Double> STALE_SHARE = ValueType.share(0.1, 50);
  static final ValueType<Boolean> ADAPTIVE =
      ValueType.of(
          "true, false, or a map such as {" + ADAPTIVE_EXAMPLE + "}",
          text -> ValueType.flag().parse(text));
  static final ValueType<Integer> MAX_BODY = ValueType.bytes(1, 256 << 20);

  private static final List<String> CACHED_METHODS = List.of("GET", "HEAD", "POST");
  private static final ValueType<Integer> WHOLE_STATUS = ValueType.integer(200, 599);

  private static final Map<RequestCondition.Kind, String> NOUNS =
      Map.of(
          RequestCondition.Kind.HEADER, "header field",
          RequestCondition.Kind.COOKIE, "cookie",
          RequestCondition.Kind.QUERY, "query parameter");

  private RuleTypes() {}

  private static String checked(String text, int longest, String punctuation, String what)
      throws InvalidValueException {
    boolean fits =
        !text.isEmpty()
            && text.length() <= longest
            && text.chars()
                .allMatch(
                    c -> (c < 0x80 && Character.isLetterOrDigit(c)) || punctuation.indexOf(c) >= 0);
    if (!fits) {
      throw new InvalidValueException(what);
    }
    return text;
  }

  private static String cachedMethod(String text) throws InvalidValueException {
    return method(text, CACHED_METHODS);
  }

  private static String method(String text, List<String> methods) throws InvalidValueException {
    String method = text.toUpperCase(Locale.ROOT);
    if (!methods.contains(method)) {
      throw new InvalidValueException("is not a method for this");
    }
    return method;
  }

  private static boolean writtenThrough(String text) throws InvalidValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "behind" -> false;
      case "through" -> true;
      default -> throw new InvalidValueException("is not one of them");
    };
  }

  private static RequestCondition condition(String text) throws InvalidValueException {
    int colon = text.indexOf(':');
    RequestCondition.Kind kind = kind(colon < 0 ? "" : text.substring(0, colon));
    int equals = text.indexOf('=', colon);
    String name = text.substring(colon + 1, equals < 0 ? text.length() : equals);
    if (!isName(kind, name)) {
      throw new InvalidValueException("does not name a " + NOUNS.get(kind));
    }
    return new RequestCondition(
        kind, name, equals < 0 ? null : new NamePatterns(List.of(value(text, equals + 1))));
  }

  private static RequestCondition.Kind kind(String text) throws InvalidValueException {
    for (RequestCondition.Kind kind : RequestCondition.Kind.values()) {
      if (kind.name().equalsIgnoreCase(text)) {
        return kind;
      }
    }
    throw new InvalidValueException("does not begin with header:, cookie: or query:");
  }

  /** A star or a question mark would be taken for a pattern, which names are not. */
  private static boolean isName(RequestCondition.Kind kind, String name) {
    ValueType<String> type = kind == RequestCondition.Kind.QUERY ? NAME_PATTERN : FIELD_NAME;
    try {
      return name.indexOf('*') < 0 && name.indexOf('?') < 0 && type.parse(name).equals(name);
    } catch (InvalidValueException e) {
      return false;
    }
  }

  private static String value(String text, int start) throws InvalidValueException {
    String value = text.substring(start);
    if (value.isEmpty()) {
      throw new InvalidValueException("has no value after \"=\"");
    }
    if (value.length() > 128 || value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException("has a value that is too long or has control characters");
    }
    return value;
  }

  private static int status(String text) throws InvalidValueException {
    int status = WHOLE_STATUS.parse(text);
    if (status == 206 || status == 304) {
      throw new InvalidValueException("is only part of a response");
    }
    return status;
  }

  private static InvalidationTrigger trigger(String text) throws InvalidValueException {
    int blank = text.indexOf(' ');
    if (blank < 0) {
      return new InvalidationTrigger(null, PathPattern.parse(text));
    }
    String method = method(text.substring(0, blank), InvalidationTrigger.METHODS);
    return new InvalidationTrigger(method, PathPattern.parse(text.substring(blank).strip()));
  }
}
