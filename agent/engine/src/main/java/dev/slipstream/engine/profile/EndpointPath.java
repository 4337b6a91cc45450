package dev.slipstream.engine.profile;

import java.util.Locale;
import java.util.Set;

/**
 * A path with its identifiers written {@code {id}}, so that requests for one thing count as one,
 * and what a path says of people stays out of logs, JMX and Redis.
 *
 * <p>An identifier is a number, a UUID, a digest or another long word; a token of mixed case; what
 * is percent-encoded or has {@code @}, {@code =} or a comma in it; and from the second segment on
 * words with dots between them, as names of people have ({@code hans.mueller}), unless they end as
 * names of files or look like a version. A word alone cannot be told from a name. Path parameters
 * ({@code ;v=1}) are left out.
 */
public final class EndpointPath {
  private static final int LONGEST_WORD = 32;
  private static final int LONGEST_PATH = 200;
  private static final int SHORTEST_TOKEN = 10;
  private static final Set<String> FILES =
      Set.of(
          ("html htm xhtml css js mjs map json xml xsd wsdl txt csv md yaml yml pdf "
                  + "png jpg jpeg gif svg ico webp avif woff woff2 ttf eot mp4 webm mp3 wasm "
                  + "webmanifest zip gz jar jsp jsf faces do action php asp aspx docx xlsx")
              .split(" "));

  private EndpointPath() {}

  /** The endpoint's path for a request's. */
  public static String of(String path) {
    StringBuilder endpoint = new StringBuilder();
    int start = 0;
    while (start < path.length() && endpoint.length() < LONGEST_PATH) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      int semicolon = path.indexOf(';', start);
      int nameEnd = semicolon < 0 ? end : Math.min(end, semicolon);
      if (isIdentifier(path, start, nameEnd)) {
        endpoint.append("{id}");
      } else {
        endpoint.append(path, start, nameEnd);
      }
      if (slash >= 0) {
        endpoint.append('/');
      }
      start = end + 1;
    }
    return endpoint.toString();
  }

  private static boolean isIdentifier(String path, int start, int end) {
    int digits = 0;
    int dots = 0;
    for (int i = start; i < end; i++) {
      char c = path.charAt(i);
      if (c == '@' || c == '%' || c == '=' || c == ',' || c > '~') {
        return true;
      }
      digits += isDigit(c) ? 1 : 0;
      dots += c == '.' ? 1 : 0;
    }
    int length = end - start;
    return length > LONGEST_WORD
        || (digits > 0 && (digits == length || length >= 8))
        || (dots > 0 && start > 1 && isDotted(path, start, end))
        || (length >= SHORTEST_TOKEN && isToken(path, start, end));
  }

  /** Words with dots between them, and neither a file nor a version; {@code v1.2} is none. */
  private static boolean isDotted(String path, int start, int end) {
    int last = path.lastIndexOf('.', end - 1);
    if (path.charAt(start) == '.' || last == end - 1) {
      return false; // .well-known, and dot segments
    }
    int from = path.charAt(start) == 'v' ? start + 1 : start;
    boolean version = true;
    for (int i = from; i < end; i++) {
      version &= isDigit(path.charAt(i)) || path.charAt(i) == '.';
    }
    return !version && !FILES.contains(path.substring(last + 1, end).toLowerCase(Locale.ROOT));
  }

  /** Capital and small letters as chance has them: more than one stands alone among capitals. */
  private static boolean isToken(String path, int start, int end) {
    int alone = 0;
    for (int i = start + 1; i + 1 < end; i++) {
      alone +=
          isSmall(path.charAt(i)) && isCapital(path.charAt(i - 1)) && isCapital(path.charAt(i + 1))
              ? 1
              : 0;
    }
    return alone > 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSmall(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
