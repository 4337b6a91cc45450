package dev.slipstream.engine.http;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The status, fields and bytes that carry a decision out.
 *
 * @param status the status code
 * @param fields the fields, less those that every answer from the cache gets
 * @param body the bytes; null where the answer has none by its nature
 * @param lengthStated whether the length of the body is told the client
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing, and copied never
public record Payload(int status, Fields fields, byte @Nullable [] body, boolean lengthStated) {
  /** What a 304 repeats of the response it stands for (RFC 9110 §15.4.5). */
  static final Set<String> IN_NOT_MODIFIED =
      Set.of("cache-control", "content-location", "etag", "expires", "vary");

  /** What describes the body of the 200 and not that of a 416. */
  private static final Set<String> ABOUT_THE_BODY =
      Set.of("content-type", "content-encoding", "content-language", "etag", "last-modified");

  private static final byte[] EMPTY = {};

  public Payload {
    Objects.requireNonNull(fields);
  }

  /** What carries a decision out. */
  public static Payload of(Decision.Serve serve) {
    StoredResponse stored = serve.response();
    Content content = serve.content();
    byte[] gzipped = stored.gzipped();
    boolean encoded =
        content instanceof Content.Gzipped
            || (content instanceof Content.NotModified unchanged && unchanged.gzipped());
    Fields plain = stored.fields();
    Fields fields = gzipped == null ? plain : encoded ? plain.inGzip() : plain.besideGzip();
    if (gzipped != null && content instanceof Content.Gzipped) {
      return new Payload(stored.status(), fields, gzipped, true);
    }
    if (content instanceof Content.NotModified) {
      return new Payload(304, fields.inNotModified(), null, false);
    }
    if (content instanceof Content.Unsatisfiable beyond) {
      String range = ContentRange.unsatisfied(beyond.completeLength()).text();
      return new Payload(
          416, with(fields.without(ABOUT_THE_BODY::contains), "Content-Range", range), EMPTY, true);
    }
    if (content instanceof Content.Parts parts) {
      return of(stored, fields, parts);
    }
    return new Payload(stored.status(), fields, stored.body(), stored.lengthStated());
  }

  private static Payload of(StoredResponse stored, Fields whole, Content.Parts parts) {
    Part part = stored.part();
    if (parts.spans().size() == 1) {
      ByteRanges.Span span = parts.spans().get(0);
      String range = ContentRange.of(span, part.completeLength()).text();
      return new Payload(206, with(whole, "Content-Range", range), part.slice(span), true);
    }
    String seed = stored.dateMillis() + "/" + stored.fields().first("ETag");
    Multipart several =
        Multipart.of(
            part,
            stored.fields().first("Content-Type"),
            parts.spans(),
            Multipart.boundary(part.bytes(), seed));
    Fields fields = whole.replacedBy(Fields.of("Content-Type", several.contentType()));
    return new Payload(206, fields, several.bytes(), true);
  }

  private static Fields with(Fields fields, String name, String value) {
    return fields.replacedBy(Fields.of(name, value));
  }
}
