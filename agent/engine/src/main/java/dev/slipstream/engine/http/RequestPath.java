package dev.slipstream.engine.http;

/** What can be said of a request path as it was sent. */
final class RequestPath {
  private RequestPath() {}

  /**
   * Whether the application may take the path for another one than it looks like: dot segments,
   * empty segments, path parameters, backslashes, and delimiters that are percent-encoded. A cache
   * rule is never applied to such a path ({@code /static/..;/account} is no static file).
   */
  static boolean isAmbiguous(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == ';'
          || c == '\\'
          || (c == '/' && i + 1 < path.length() && isSlashOrDot(path, i + 1))) {
        return true;
      }
      if (c == '%' && isEncodedDelimiter(path, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSlashOrDot(String path, int at) {
    if (path.charAt(at) == '/') {
      return true;
    }
    int end = at;
    while (end < path.length() && end < at + 2 && path.charAt(end) == '.') {
      end++;
    }
    return end > at && (end == path.length() || path.charAt(end) == '/');
  }

  /** Whether {@code / . ; \ %}, a control character or nothing valid follows a percent sign. */
  private static boolean isEncodedDelimiter(String path, int at) {
    if (at + 2 > path.length()) {
      return true;
    }
    int high = digit(path.charAt(at));
    int low = digit(path.charAt(at + 1));
    int decoded = high * 16 + low;
    return high < 0
        || low < 0
        || decoded < 0x20
        || decoded == 0x7F
        || "/.;\\%".indexOf(decoded) >= 0;
  }

  /** Digits of other scripts are none here. */
  private static int digit(char c) {
    return c > 'f' ? -1 : Character.digit(c, 16);
  }
}
