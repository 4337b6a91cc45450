package dev.slipstream.engine.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a stored response a request is answered with (RFC 9110 §13 and §14). */
public sealed interface Content {
  /** All of it. */
  Content WHOLE = new Whole();

  /** All of it, in gzip. */
  Content GZIPPED = new Gzipped();

  /** Nothing but its head: the client has it already. */
  Content NOT_MODIFIED = new NotModified(false);

  /** Nothing but the head of what is in gzip: the client has it already. */
  Content GZIPPED_NOT_MODIFIED = new NotModified(true);

  /** All of the response. */
  record Whole() implements Content {}

  /** All of the response, its body in gzip. */
  record Gzipped() implements Content {}

  /**
   * 304: the client has it already.
   *
   * @param gzipped whether a 200 would be in gzip
   */
  record NotModified(boolean gzipped) implements Content {}

  /**
   * 206: parts of the body.
   *
   * @param spans at least one, each within what is stored
   */
  record Parts(List<ByteRanges.Span> spans) implements Content {
    public Parts {
      spans = List.copyOf(spans);
    }
  }

  /**
   * 416: the range is beyond the body.
   *
   * @param completeLength how many bytes the body has
   */
  record Unsatisfiable(long completeLength) implements Content {}

  /**
   * What a request is answered with, or null where what is stored is a part of the body and not the
   * one asked for.
   *
   * @param evaluated whether the request's conditions count, but for that of a range
   */
  static @Nullable Content of(
      String method,
      FieldReader request,
      StoredResponse stored,
      boolean evaluated,
      long nowMillis) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return stored.isWhole() ? WHOLE : null;
    }
    if (evaluated && Preconditions.notModified(request, stored, nowMillis)) {
      return isInGzip(request, stored) ? GZIPPED_NOT_MODIFIED : NOT_MODIFIED;
    }
    boolean asksForPart = method.equals("GET") && request.field("Range") != null;
    String range = asksForPart ? joined(request.all("Range")) : null;
    boolean partial =
        range != null
            && (stored.status() == 200 || !stored.isWhole())
            && IfRange.allows(
                request.field("If-Range"), stored.fields(), stored.dateMillis(), nowMillis);
    if (!partial) {
      return whole(request, stored);
    }
    Part part = stored.part();
    if (part.completeLength() == ContentRange.UNKNOWN) {
      return whole(request, stored);
    }
    ByteRanges.Selection selection = ByteRanges.select(range, part.completeLength());
    if (selection instanceof ByteRanges.Selection.Parts parts) {
      return parts.spans().stream().allMatch(part::contains) ? new Parts(parts.spans()) : null;
    }
    if (selection instanceof ByteRanges.Selection.Unsatisfiable) {
      return new Unsatisfiable(part.completeLength());
    }
    return whole(request, stored);
  }

  private static @Nullable Content whole(FieldReader request, StoredResponse stored) {
    if (isInGzip(request, stored)) {
      return GZIPPED;
    }
    return stored.isWhole() ? WHOLE : null;
  }

  private static boolean isInGzip(FieldReader request, StoredResponse stored) {
    return stored.gzipped() != null && GzipVariant.isAccepted(request.all("Accept-Encoding"));
  }

  private static @Nullable String joined(List<String> lines) {
    return lines.isEmpty() ? null : String.join(", ", lines); // two of them are none that is valid
  }
}
