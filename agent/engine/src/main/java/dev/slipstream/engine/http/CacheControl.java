package dev.slipstream.engine.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directives of a Cache-Control field (RFC 9111 §5.2), from all of its lines.
 *
 * <p>Directive names are compared without case; an argument may be a token or a quoted string.
 * Where a directive occurs more than once the first occurrence counts (RFC 9111 §4.2.1), but {@code
 * no-cache} and {@code private} count for all that any occurrence names. What cannot be parsed is
 * skipped up to the next comma: no input throws.
 */
public final class CacheControl {
  /** No directive at all. */
  public static final CacheControl NONE = new CacheControl(Map.of());

  /** What an argument in seconds means where it is absent. */
  static final long ABSENT = -1;

  /** The greatest number of seconds that is told apart (RFC 9111 §1.2.2). */
  private static final long GREATEST_SECONDS = Integer.MAX_VALUE;

  private static final TextMemo<CacheControl> PARSED =
      new TextMemo<>(100, line -> parsed(List.of(line)));

  private final Map<String, String> directives; // never changed

  /** Directives whose argument lists fields; without one they are about the whole response. */
  private static final Set<String> LISTING_FIELDS = Set.of("no-cache", "private");

  private CacheControl(Map<String, String> directives) {
    this.directives = directives;
  }

  /** Parses the field's lines, in order. */
  public static CacheControl parse(List<String> lines) {
    if (lines.isEmpty()) {
      return NONE;
    }
    return lines.size() == 1 ? PARSED.of(lines.get(0)) : parsed(lines);
  }

  private static CacheControl parsed(List<String> lines) {
    Map<String, String> directives = new HashMap<>();
    for (String line : lines) {
      new Parser(line, directives).parse();
    }
    return new CacheControl(directives);
  }

  /** Directives that were parsed otherwise: lower-case names, arguments without quotes. */
  static CacheControl of(Map<String, String> directives) {
    return new CacheControl(Map.copyOf(directives));
  }

  boolean isEmpty() {
    return directives.isEmpty();
  }

  /** Whether {@code no-cache} or {@code private} is present and about the whole response. */
  boolean hasWhole(String directive) {
    return directives.containsKey(directive) && listedFields(directive).isEmpty();
  }

  /**
   * The lower-case names of the fields that {@code no-cache} or {@code private} is about; empty
   * where it is absent or about the whole response, as it is with an argument that is no list.
   */
  Set<String> listedFields(String directive) {
    String argument = directives.get(directive);
    if (argument == null || argument.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (String member : argument.split(",", -1)) {
      String name = member.strip().toLowerCase(Locale.ROOT);
      if (!Fields.isName(name)) {
        return Set.of();
      }
      names.add(name);
    }
    return names;
  }

  /** Whether a directive is present, with an argument or without. */
  boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** A directive's argument without its quotes, empty if it has none, null if it is absent. */
  @Nullable String argument(String directive) {
    return directives.get(directive);
  }

  /**
   * A directive's argument in seconds: {@link #ABSENT} without the directive, 0 (stale) where it is
   * no number, at most {@value #GREATEST_SECONDS}.
   */
  long seconds(String directive) {
    String argument = directives.get(directive);
    return argument == null ? ABSENT : deltaSeconds(argument);
  }

  /** Parses delta-seconds (RFC 9111 §1.2.2). What is none counts as 0, too much as the greatest. */
  static long deltaSeconds(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    long seconds = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      seconds = Math.min(GREATEST_SECONDS, seconds * 10 + (c - '0'));
    }
    return seconds;
  }

  @Override
  public String toString() {
    return directives.toString();
  }

  /** One line's way through the grammar {@code #( token [ "=" ( token / quoted-string ) ] )}. */
  private static final class Parser {
    private final String line;
    private final Map<String, String> directives;
    private int at;

    Parser(String line, Map<String, String> directives) {
      this.line = line;
      this.directives = directives;
    }

    void parse() {
      while (at < line.length()) {
        String name = token();
        String argument = "";
        if (at < line.length() && line.charAt(at) == '=') {
          at++;
          argument = at < line.length() && line.charAt(at) == '"' ? quoted() : token();
        }
        if (!name.isEmpty()) {
          add(name.toLowerCase(Locale.ROOT), argument);
        }
        skipToNextElement();
      }
    }

    private void add(String name, String argument) {
      String first = directives.putIfAbsent(name, argument);
      if (first != null && LISTING_FIELDS.contains(name)) {
        boolean whole = first.isEmpty() || argument.isEmpty();
        directives.put(name, whole ? "" : first + ',' + argument);
      }
    }

    private String token() {
      int start = at;
      while (at < line.length() && "=,\"".indexOf(line.charAt(at)) < 0) {
        at++;
      }
      return line.substring(start, at).strip();
    }

    private String quoted() {
      StringBuilder text = new StringBuilder();
      for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
        if (line.charAt(at) == '\\' && at + 1 < line.length()) {
          at++;
        }
        text.append(line.charAt(at));
      }
      at++; // the closing quote, or the end of an unclosed one
      return text.toString();
    }

    private void skipToNextElement() {
      while (at < line.length() && line.charAt(at) != ',') {
        if (line.charAt(at) == '"') {
          quoted();
        } else {
          at++;
        }
      }
      at++;
    }
  }
}
