package dev.slipstream.engine.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary of structured field values (RFC 9651 §4.2.2), read as cache directives the way
 * targeted fields are (RFC 9213 §2.1).
 *
 * <p>A true boolean is a directive without argument, an integer one with it, a string one that
 * lists fields; values of other types say nothing that a cache knows. One error in the field, and
 * all of it is ignored: no input throws.
 */
final class StructuredDictionary {
  private static final int MOST_DIGITS = 15;

  private final String text;
  private int at;

  private StructuredDictionary(String text) {
    this.text = text;
  }

  /** The field's directives, or null where its lines together are no dictionary. */
  static @Nullable CacheControl directives(List<String> lines) {
    try {
      return CacheControl.of(new StructuredDictionary(String.join(",", lines)).parse());
    } catch (InvalidFieldException e) {
      return null;
    }
  }

  private static final class InvalidFieldException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidFieldException() {
      super(null, null, false, false);
    }
  }

  private Map<String, String> parse() throws InvalidFieldException {
    Map<String, String> members = new HashMap<>();
    skip(" ");
    while (at < text.length()) {
      String key = key();
      String value = "";
      boolean string = false;
      if (take('=')) {
        string = peek() == '"';
        value = peek() == '(' ? innerList() : item();
      } else {
        parameters();
      }
      members.remove(key); // the last occurrence counts
      if (value != null && fits(key, value, string)) {
        members.put(key, value);
      }
      skip(" \t");
      if (at < text.length()) {
        expect(',');
        skip(" \t");
        if (at == text.length()) {
          throw new InvalidFieldException();
        }
      }
    }
    return members;
  }

  /** Whether a directive's value is of the type that it needs: seconds, fields or none. */
  private static boolean fits(String key, String value, boolean string) {
    return switch (key) {
      case "max-age", "s-maxage", "stale-while-revalidate", "stale-if-error" ->
          !string && !value.isEmpty();
      case "no-cache", "private" -> true;
      default -> value.isEmpty();
    };
  }

  private String key() throws InvalidFieldException {
    int start = at;
    if (!isLower(peek()) && peek() != '*') {
      throw new InvalidFieldException();
    }
    while (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** An item with its parameters; null where its type says nothing to a cache. */
  private @Nullable String item() throws InvalidFieldException {
    String value = bareItem();
    parameters();
    return value;
  }

  private @Nullable String innerList() throws InvalidFieldException {
    expect('(');
    skip(" ");
    while (!take(')')) {
      item();
      if (peek() != ' ' && peek() != ')') {
        throw new InvalidFieldException();
      }
      skip(" ");
    }
    parameters();
    return null;
  }

  private void parameters() throws InvalidFieldException {
    while (take(';')) {
      skip(" ");
      key();
      if (take('=')) {
        bareItem();
      }
    }
  }

  private @Nullable String bareItem() throws InvalidFieldException {
    char c = peek();
    if (c == '-' || isDigit(c)) {
      return number();
    }
    if (c == '?') {
      at++;
      if (take('1')) {
        return "";
      }
      expect('0');
      return null;
    }
    if (c == '"') {
      return string();
    }
    if (c == ':') {
      return bytes();
    }
    if (c == '@') {
      at++;
      return date();
    }
    if (c == '%') {
      at++;
      return displayString();
    }
    if (c == '*' || isLower(c) || (c >= 'A' && c <= 'Z')) {
      return token();
    }
    throw new InvalidFieldException();
  }

  /** Digits of an integer that is not negative; a decimal or negative number says nothing. */
  private @Nullable String number() throws InvalidFieldException {
    boolean negative = take('-');
    int start = at;
    digits();
    int whole = at - start;
    if (whole == 0 || whole > MOST_DIGITS) {
      throw new InvalidFieldException();
    }
    if (take('.')) {
      int fraction = at;
      digits();
      if (at == fraction || at - fraction > 3 || whole > 12) {
        throw new InvalidFieldException();
      }
      return null;
    }
    return negative ? null : text.substring(start, at);
  }

  private @Nullable String date() throws InvalidFieldException {
    take('-');
    int start = at;
    digits();
    if (at == start || at - start > MOST_DIGITS || peek() == '.') {
      throw new InvalidFieldException();
    }
    return null;
  }

  /** Text beyond ASCII, two lower-case hexadecimal digits for each byte of it. */
  private @Nullable String displayString() throws InvalidFieldException {
    expect('"');
    while (!take('"')) {
      char c = peek();
      if (c < 0x20 || c > 0x7E) {
        throw new InvalidFieldException();
      }
      at++;
      if (c == '%') {
        hexDigit();
        hexDigit();
      }
    }
    return null;
  }

  private void hexDigit() throws InvalidFieldException {
    if (!isDigit(peek()) && (peek() < 'a' || peek() > 'f')) {
      throw new InvalidFieldException();
    }
    at++;
  }

  private void digits() {
    while (isDigit(peek())) {
      at++;
    }
  }

  private String string() throws InvalidFieldException {
    StringBuilder value = new StringBuilder();
    for (at++; peek() != '"'; at++) {
      if (peek() == '\\') {
        at++;
        if (peek() != '"' && peek() != '\\') {
          throw new InvalidFieldException();
        }
      } else if (peek() < 0x20 || peek() > 0x7E) {
        throw new InvalidFieldException();
      }
      value.append(peek());
    }
    at++;
    return value.toString();
  }

  private @Nullable String bytes() throws InvalidFieldException {
    int end = text.indexOf(':', at + 1);
    if (end < 0 || !text.substring(at + 1, end).matches("[A-Za-z0-9+/=]*")) {
      throw new InvalidFieldException();
    }
    at = end + 1;
    return null;
  }

  private @Nullable String token() {
    while (Fields.isName(String.valueOf(peek())) || peek() == ':' || peek() == '/') {
      at++;
    }
    return null;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0'; // no grammar rule has this character
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) throws InvalidFieldException {
    if (!take(c)) {
      throw new InvalidFieldException();
    }
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
