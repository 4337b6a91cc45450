package dev.slipstream.config;

import java.util.List;

/**
 * A set of names given by patterns: {@code *} stands for any characters, {@code ?} for one.
 *
 * <p>Upper and lower case differ unless the method says otherwise. Matching allocates nothing.
 *
 * @param patterns the patterns; a name is in the set when any of them matches
 */
public record NamePatterns(List<String> patterns) {

  /** The empty set. */
  public static final NamePatterns NONE = new NamePatterns(List.of());

  public NamePatterns {
    patterns = List.copyOf(patterns);
  }

  /** Returns whether the name is in the set. */
  public boolean matches(String name) {
    return matches(name, 0, name.length());
  }

  /** Returns whether a part of a text is a name in the set. */
  public boolean matches(String text, int start, int end) {
    for (int i = 0; i < patterns.size(); i++) {
      if (matches(patterns.get(i), text, start, end, false)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the name is in the set where upper and lower case of ASCII are the same. */
  public boolean matchesIgnoringCase(String name) {
    for (int i = 0; i < patterns.size(); i++) {
      if (matches(patterns.get(i), name, 0, name.length(), true)) {
        return true;
      }
    }
    return false;
  }

  /** Goes back at most to the last star: steps are bounded by both lengths multiplied. */
  private static boolean matches(
      String pattern, String text, int start, int end, boolean ignoringCase) {
    int p = 0;
    int star = -1;
    int afterStar = start;
    int n = start;
    while (n < end) {
      char expected = p < pattern.length() ? pattern.charAt(p) : 0;
      if (expected == '*') {
        star = p++;
        afterStar = n;
      } else if (p < pattern.length()
          && (expected == '?' || same(expected, text.charAt(n), ignoringCase))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean same(char a, char b, boolean ignoringCase) {
    return a == b || (ignoringCase && lowerCase(a) == lowerCase(b));
  }

  private static int lowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
}
