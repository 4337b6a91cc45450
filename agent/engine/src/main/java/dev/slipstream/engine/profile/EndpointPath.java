package dev.slipstream.engine.profile;

/**
 * A path with its identifiers written {@code {id}}, so that requests for one thing count as one.
 */
public final class EndpointPath {
  private static final int LONGEST_WORD = 32;
  private static final int LONGEST_PATH = 200;

  private EndpointPath() {}

  /** The endpoint's path for a request's. */
  public static String of(String path) {
    StringBuilder endpoint = new StringBuilder();
    int start = 0;
    while (start < path.length() && endpoint.length() < LONGEST_PATH) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      endpoint.append(isIdentifier(path, start, end) ? "{id}" : path.substring(start, end));
      if (slash >= 0) {
        endpoint.append('/');
      }
      start = end + 1;
    }
    return endpoint.toString();
  }

  /** Numbers, UUIDs, digests and other long words; {@code v1} is none. */
  private static boolean isIdentifier(String path, int start, int end) {
    int digits = 0;
    for (int i = start; i < end; i++) {
      char c = path.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    int length = end - start;
    return length > LONGEST_WORD || (digits > 0 && (digits == length || length >= 8));
  }
}
