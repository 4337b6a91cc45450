package dev.slipstream.it.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts PromQL into its words and signs; fails at what is neither. */
final class Lexer {
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?x)\\s*(?:
            (?<duration>\\d+(?:ms|[smhdwy])(?:\\d+(?:ms|[smhdwy]))*)
          | (?<number>\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)
          | (?<string>"(?:[^"\\\\]|\\\\.)*")
          | (?<name>[A-Za-z_:][A-Za-z0-9_:]*)
          | (?<sign>==|!=|<=|>=|=~|!~|[-+*/%^<>=(){}\\[\\],])
          )\\s*\
          """);

  /** One of them. */
  record Token(Kind kind, String text) {
    boolean is(String sign) {
      return kind != Kind.STRING && text.equals(sign);
    }
  }

  /** What it is. */
  enum Kind {
    DURATION,
    NUMBER,
    STRING,
    NAME,
    SIGN,
    END
  }

  private Lexer() {}

  static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        throw new IllegalArgumentException("not PromQL: " + text.substring(at));
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "the end"));
    return tokens;
  }

  private static Token token(Matcher matcher) {
    for (Kind kind : List.of(Kind.DURATION, Kind.NUMBER, Kind.STRING, Kind.NAME, Kind.SIGN)) {
      String text = matcher.group(kind.name().toLowerCase(Locale.ROOT));
      if (text != null) {
        boolean quoted = kind == Kind.STRING;
        return new Token(kind, quoted ? text.substring(1, text.length() - 1) : text);
      }
    }
    throw new AssertionError(matcher.group());
  }
}
