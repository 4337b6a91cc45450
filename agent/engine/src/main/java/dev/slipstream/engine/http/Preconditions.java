package dev.slipstream.engine.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does the client already have the stored response? (RFC 9110 §13, RFC 9111 §4.3.2) Pure. */
final class Preconditions {
  private Preconditions() {}

  static boolean notModified(FieldReader request, StoredResponse stored, long nowMillis) {
    if (stored.status() != 200 && stored.status() != 206) {
      return false;
    }
    if (request.field("If-None-Match") != null) {
      return matchesAny(request.all("If-None-Match"), stored.fields().first("ETag"));
    }
    String since = request.field("If-Modified-Since");
    if (since == null) {
      return false;
    }
    // Without Last-Modified the Date takes its place (RFC 9111 §4.3.2).
    String lastModified = stored.fields().first("Last-Modified");
    long modifiedMillis =
        lastModified == null ? stored.dateMillis() : HttpDate.parse(lastModified, nowMillis);
    long sinceMillis = HttpDate.parse(since, nowMillis);
    return sinceMillis != HttpDate.INVALID
        && modifiedMillis != HttpDate.INVALID
        && modifiedMillis <= sinceMillis;
  }

  /** Whether a request's If-None-Match names an entity tag. */
  static boolean names(FieldReader request, String etag) {
    return matchesAny(request.all("If-None-Match"), etag);
  }

  /** The entity tags that the lines of If-None-Match list, as they are written. */
  static List<String> tags(List<String> lines) {
    List<String> tags = new ArrayList<>();
    for (String line : lines) {
      int open;
      for (int at = 0; (open = line.indexOf('"', at)) >= 0; ) {
        int close = line.indexOf('"', open + 1);
        if (close < 0) {
          break;
        }
        boolean weak = line.startsWith("W/", open - 2);
        tags.add(line.substring(weak ? open - 2 : open, close + 1));
        at = close + 1;
      }
    }
    return tags;
  }

  /** Weak comparison (RFC 9110 §8.8.3.2) with each entity tag of the lines, or {@code *}. */
  private static boolean matchesAny(List<String> lines, @Nullable String etag) {
    for (String line : lines) {
      if (line.strip().equals("*")) {
        return true;
      }
      if (etag != null && containsTag(line, opaque(etag.strip()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsTag(String line, String wanted) {
    int at = 0;
    while (at < line.length()) {
      int open = line.indexOf('"', at);
      int close = open < 0 ? -1 : line.indexOf('"', open + 1);
      if (close < 0) {
        return false;
      }
      if (line.substring(open, close + 1).equals(wanted)) {
        return true;
      }
      at = close + 1;
    }
    return false;
  }

  private static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }
}
