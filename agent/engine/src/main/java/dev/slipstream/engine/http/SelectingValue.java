package dev.slipstream.engine.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of a request field that chooses a variant, written in one way where several mean the
 * same (RFC 9111 §4.1): lines joined, no white space around commas outside quotes, names of
 * languages, codings and charsets in lower case.
 *
 * <p>The order of a list is kept: to a Java application the first of two languages of equal weight
 * is the preferred one.
 */
final class SelectingValue {
  private SelectingValue() {}

  /** The value of a field by its name, or null where the request lacks it. */
  static @Nullable String of(String name, List<String> lines) {
    if (lines.isEmpty()) {
      return null;
    }
    String value = lines.size() == 1 ? lines.get(0) : String.join(",", lines);
    boolean plain = value.indexOf(' ') < 0 && value.indexOf('\t') < 0;
    String text = plain || value.indexOf(',') < 0 ? value.strip() : withoutSpaceAtCommas(value);
    return isCaseless(name) ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static boolean isCaseless(String name) {
    return name.equalsIgnoreCase("Accept-Language")
        || name.equalsIgnoreCase("Accept-Encoding")
        || name.equalsIgnoreCase("Accept-Charset");
  }

  private static String withoutSpaceAtCommas(String value) {
    StringBuilder text = new StringBuilder(value.length());
    boolean quoted = false;
    int keep = 0; // what a quoted string ends with is no space to take away
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted) {
        text.append(c);
        if (c == '\\' && i + 1 < value.length()) {
          text.append(value.charAt(++i));
        } else if (c == '"') {
          quoted = false;
          keep = text.length();
        }
      } else if (c == ',') {
        strip(text, keep);
        text.append(',');
        keep = text.length();
      } else if (text.length() > keep || !isSpace(c)) {
        text.append(c);
        quoted = c == '"';
      } else if (keep > 0 && text.charAt(keep - 1) != ',') {
        text.append(c);
      }
    }
    if (!quoted) {
      strip(text, keep);
    }
    return text.toString();
  }

  private static void strip(StringBuilder text, int keep) {
    int end = text.length();
    while (end > keep && isSpace(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
