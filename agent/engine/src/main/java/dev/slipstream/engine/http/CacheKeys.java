package dev.slipstream.engine.http;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.rules.CacheRule;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of responses, in the form that operators read and match patterns against: {@code
 * prefix:http_responses:method:path:query:headers:body}.
 *
 * <p>The headers part begins with scheme and authority and goes on with the values that choose the
 * variant. Colon, percent sign, braces, comma, tilde, asterisk and question mark inside a part are
 * percent-encoded, so that no crafted URL or field collides with another key, nor is a pattern. An
 * absent field is {@code ~}, which as a value is encoded too; a query that is there but empty is a
 * percent sign alone. Half a surrogate pair is {@code %ud83d} and the like, since in UTF-8 all
 * halves would be one.
 */
final class CacheKeys {
  private static final String NAMESPACE = "http_responses";
  private static final int PARTS_BEFORE_HEADERS = 5; // prefix, namespace, method, path, query
  private static final String SCHEME_END = "://";
  private static final String ABSENT = "~";
  private static final String EMPTY_QUERY = "%";
  private static final String PLACE = ",,by="; // no field has an empty name
  private static final String AT_ENTRY = PLACE + RequestView.ENTRY;
  private static final String IDENTITY = ",,id=";

  private final String prefix;
  private final boolean withHost;
  private final LatestKeys latestWithin = new LatestKeys();
  private final LatestKeys latestAtEntry = new LatestKeys();

  CacheKeys(String prefix, boolean withHost) {
    this.prefix = prefix + ':' + NAMESPACE;
    this.withHost = withHost;
  }

  /** The key of a request's URL; {@code identity} keeps one asker's answers apart. */
  String of(RequestView request, @Nullable CacheRule rule, @Nullable String identity) {
    String path = request.path();
    String query = request.query();
    String place = request.place();
    boolean entering = place.equals(RequestView.ENTRY);
    LatestKeys latest = entering ? latestAtEntry : latestWithin;
    boolean plain =
        identity == null
            && request.bodyHash() == null
            && (entering || place.isEmpty())
            && (rule == null || rule.varyHeaders().isEmpty());
    String known = plain ? latest.of(path, query, request, rule) : null;
    if (known != null) {
      return known;
    }
    String key = of(request, path, query, request.bodyHash(), place, rule, identity);
    if (plain) {
      latest.made(path, query, request, rule, key);
    }
    return key;
  }

  /** The key of a URL of the same origin, as it is for GET. */
  String of(
      RequestView request,
      String path,
      @Nullable String query,
      @Nullable CacheRule rule,
      @Nullable String identity) {
    return of(request, path, query, null, request.place(), rule, identity);
  }

  /** The key of a URL of the same origin, as it is for GET where the web application is entered. */
  String atEntry(
      RequestView request, String path, @Nullable String query, @Nullable CacheRule rule) {
    return of(request, path, query, null, RequestView.ENTRY, rule, null);
  }

  private String of(
      RequestView request,
      String path,
      @Nullable String query,
      @Nullable String bodyHash,
      String place,
      @Nullable CacheRule rule,
      @Nullable String identity) {
    StringBuilder key = url(request, path, query, bodyHash != null, rule);
    if (!place.isEmpty()) {
      key.append(PLACE);
      append(key, place);
    }
    if (rule != null) {
      List<String> names = rule.varyHeaders();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        appendSelecting(key, name, SelectingValue.of(name, request.all(name)));
      }
    }
    if (identity != null) {
      key.append(IDENTITY).append(identity);
    } else if (rule != null && rule.ignoreCredentials()) {
      key.append(",,everyone"); // without the rule, nobody gets what may be somebody's
    }
    if (bodyHash == null) {
      return key.append(':').toString();
    }
    appendSelecting(key, "content-type", request.field("Content-Type"));
    return key.append(':').append(bodyHash).toString();
  }

  /** Whether a key is for where the web application is entered. */
  static boolean isAtEntry(String key) {
    return key.contains(AT_ENTRY);
  }

  /** Whether a key is for one place within the application. */
  static boolean hasPlace(String key) {
    return key.contains(PLACE) && !isAtEntry(key); // commas within parts are encoded
  }

  /** What the keys of all answers to GET of a URL begin with, whoever asks. */
  String beginningOf(
      RequestView request, String path, @Nullable String query, @Nullable CacheRule rule) {
    return url(request, path, query, false, rule).toString();
  }

  /** What {@link #beginningOf} gave for the URL that a key is for. */
  static String urlOf(String key) {
    int headers = 0;
    for (int part = 0; part < PARTS_BEFORE_HEADERS; part++) {
      headers = key.indexOf(':', headers) + 1;
    }
    int scheme = key.indexOf(SCHEME_END, headers);
    int authority = scheme < 0 ? headers : scheme + SCHEME_END.length();
    int selecting = key.indexOf(',', authority);
    int end = key.indexOf(':', authority);
    return key.substring(0, selecting < 0 || selecting > end ? end : selecting);
  }

  private StringBuilder url(
      RequestView request,
      String path,
      @Nullable String query,
      boolean post,
      @Nullable CacheRule rule) {
    int length = prefix.length() + path.length() + (query == null ? 0 : query.length()) + 48;
    int selecting = rule == null ? 0 : 48 * rule.varyHeaders().size();
    StringBuilder key = new StringBuilder(length + selecting);
    key.append(prefix).append(post ? ":POST:" : ":GET:");
    append(key, path);
    key.append(':');
    appendQuery(key, query, rule);
    key.append(':');
    if (withHost) {
      appendAuthority(key, request);
    }
    return key;
  }

  /** Whether a key is for one asker. */
  static boolean hasIdentity(String key) {
    return key.contains(IDENTITY);
  }

  /**
   * What chooses between the answers of the URL that a key is for, by name: values of request
   * fields as they were, and in parentheses what is no field.
   */
  static Map<String, String> selecting(String key) {
    Map<String, String> values = new LinkedHashMap<>();
    int url = urlOf(key).length();
    int end = key.indexOf(':', url);
    String[] parts = key.substring(url, end < 0 ? key.length() : end).split(",", -1);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i];
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      if (!part.isEmpty()) {
        values.put(parts[i - 1].isEmpty() && i > 1 ? '(' + name + ')' : name, value);
      }
    }
    return values;
  }

  private static String decoded(String part) {
    if (part.equals(ABSENT)) {
      return "(absent)";
    }
    StringBuilder text = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      int digits = part.charAt(i) != '%' ? 0 : part.startsWith("u", i + 1) ? 4 : 2;
      int from = digits == 4 ? i + 2 : i + 1;
      if (digits == 0 || from + digits > part.length()) {
        text.append(part.charAt(i));
      } else {
        text.append((char) Integer.parseInt(part, from, from + digits, 16));
        i = from + digits - 1;
      }
    }
    return text.toString();
  }

  /** What {@link #beginningOf} gave; null where the key is none of a response. */
  @Nullable String resourceOf(String key) {
    return key.startsWith(prefix) && key.startsWith(":", prefix.length()) ? urlOf(key) : null;
  }

  /** The key of one variant of the URL that {@code key} is for. */
  static String variant(String key, List<String> names, FieldReader request) {
    StringBuilder variant = new StringBuilder(key.length() + 48 * names.size());
    int headersEnd = key.lastIndexOf(':');
    variant.append(key, 0, headersEnd);
    for (String name : names) {
      appendSelecting(variant, name, SelectingValue.of(name, request.all(name)));
    }
    return variant.append(key, headersEnd, key.length()).toString();
  }

  private static void appendAuthority(StringBuilder key, RequestView request) {
    String scheme = request.scheme();
    String host = request.serverName().toLowerCase(Locale.ROOT);
    int port = request.serverPort();
    key.append(scheme).append(SCHEME_END);
    append(key, host);
    if (port != (scheme.equals("https") ? 443 : 80)) {
      key.append("%3A").append(port);
    }
    // What the client wrote may differ from what the container made of it, and the application
    // can read both: both count.
    String sent = request.field("Host");
    if (sent != null && !sent.equalsIgnoreCase(host) && !sent.equalsIgnoreCase(host + ':' + port)) {
      key.append('~');
      append(key, sent.toLowerCase(Locale.ROOT));
    }
  }

  private static void appendQuery(
      StringBuilder key, @Nullable String query, @Nullable CacheRule rule) {
    if (query == null) {
      return;
    }
    if (query.isEmpty()) {
      key.append(EMPTY_QUERY);
      return;
    }
    NamePatterns ignored = rule == null ? NamePatterns.NONE : rule.ignoreQuery();
    boolean sorted = rule != null && rule.sortQuery();
    // Some take a semicolon for the end of a parameter: what follows it would be left out, too.
    if ((ignored.patterns().isEmpty() && !sorted) || query.indexOf(';') >= 0) {
      append(key, query);
      return;
    }
    if (!sorted || hasEncodedName(query)) {
      appendKept(key, query, ignored);
      return;
    }
    append(
        key,
        Stream.of(query.split("&", -1))
            .filter(parameter -> !ignored.matches(nameOf(parameter)))
            .sorted(Comparator.comparing(CacheKeys::nameOf)) // one name's values keep their order
            .collect(Collectors.joining("&")));
  }

  private static void appendKept(StringBuilder key, String query, NamePatterns ignored) {
    boolean first = true;
    int end;
    for (int start = 0; start <= query.length(); start = end + 1) {
      int ampersand = query.indexOf('&', start);
      end = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', start);
      String name = query.substring(start, equals < 0 || equals > end ? end : equals);
      if (!ignored.matches(name)) {
        if (!first) {
          key.append('&');
        }
        append(key, query, start, end);
        first = false;
      }
    }
  }

  /** Whether two names that look different may be one. */
  private static boolean hasEncodedName(String query) {
    return Stream.of(query.split("&", -1))
        .map(CacheKeys::nameOf)
        .anyMatch(name -> name.indexOf('%') >= 0 || name.indexOf('+') >= 0);
  }

  private static String nameOf(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter : parameter.substring(0, equals);
  }

  private static void appendSelecting(StringBuilder key, String name, @Nullable String value) {
    key.append(',');
    for (int i = 0; i < name.length(); i++) {
      key.append(Character.toLowerCase(name.charAt(i)));
    }
    key.append('=');
    if (value == null) {
      key.append(ABSENT);
    } else {
      append(key, value);
    }
  }

  private static void append(StringBuilder key, String part) {
    append(key, part, 0, part.length());
  }

  private static void append(StringBuilder key, String text, int start, int end) {
    int copied = start;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (isEncoded(c)) {
        key.append(text, copied, i).append('%').append(hex(c >> 4)).append(hex(c & 0xF));
        copied = i + 1;
      } else if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < end
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          key.append(text, copied, i).append("%u").append(Integer.toHexString(c));
          copied = i + 1;
        }
      }
    }
    if (copied == 0 && end == text.length()) {
      key.append(text); // at once, which is faster than a part of it
    } else {
      key.append(text, copied, end);
    }
  }

  private static boolean isEncoded(char c) {
    return switch (c) {
      case ':', '%', '{', '}', ',', '~', '*', '?' -> true;
      default -> false;
    };
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
