package dev.slipstream.engine.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The gzip encoding of a body, for clients that accept it (RFC 9110 §8.4.1.3 and §12.5.3): made
 * once for what is stored, and for the client whose answer that is, while it goes out.
 */
public final class GzipVariant {
  /** Bodies below that are left as they are. */
  public static final int SMALLEST_BYTES = 512;

  /** What an application says of the bytes that it sends: of others it would be wrong. */
  private static final Set<String> ABOUT_THE_BYTES =
      Set.of("Content-MD5", "Content-Digest", "Repr-Digest", "Digest");

  /** Types beside {@code text/*} that shrink. */
  private static final Set<String> COMPRESSIBLE =
      Set.of(
          "application/javascript",
          "application/json",
          "application/ld+json",
          "application/graphql-response+json",
          "application/manifest+json",
          "application/problem+json",
          "application/rss+xml",
          "application/atom+xml",
          "application/vnd.api+json",
          "application/wasm",
          "application/x-javascript",
          "application/xhtml+xml",
          "application/xml",
          "application/x-yaml",
          "application/yaml",
          "image/svg+xml");

  /** Whether what a client has sent allows gzip. */
  private static final TextMemo<Boolean> ALLOWED =
      new TextMemo<>(200, line -> allows(List.of(line)));

  private GzipVariant() {}

  /** Whether a response may go out in gzip: the application has left it as it is, and allows it. */
  static boolean isFor(ResponseHead head, CacheControl stated) {
    return head.status() == 200
        && !head.fields().contains("Content-Encoding")
        && ABOUT_THE_BYTES.stream().noneMatch(head.fields()::contains)
        && !stated.has("no-transform")
        && isCompressible(head.fields().first("Content-Type"));
  }

  private static boolean isCompressible(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || COMPRESSIBLE.contains(type);
  }

  /** The body in gzip, or null where that is hardly smaller. */
  public static byte @Nullable [] of(byte[] body) {
    if (body.length < SMALLEST_BYTES) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    return bytes.size() < body.length - body.length / 10 ? bytes.toByteArray() : null;
  }

  /** Whether the lines of an Accept-Encoding field allow gzip, and not only as the lesser evil. */
  static boolean isAccepted(List<String> lines) {
    return lines.size() == 1 ? ALLOWED.of(lines.get(0)) : allows(lines);
  }

  private static boolean allows(List<String> lines) {
    boolean any = false;
    for (String line : lines) {
      for (String member : line.split(",", -1)) {
        String coding = member.strip().toLowerCase(Locale.ROOT);
        int semicolon = coding.indexOf(';');
        String name = (semicolon < 0 ? coding : coding.substring(0, semicolon)).strip();
        boolean wanted = semicolon < 0 || !isZero(coding.substring(semicolon + 1));
        if (name.equals("gzip") || name.equals("x-gzip")) {
          return wanted;
        }
        any |= name.equals("*") && wanted;
      }
    }
    return any;
  }

  /** Whether a parameter is a weight of nothing: {@code q=0}, {@code q=0.000}. */
  private static boolean isZero(String parameter) {
    String weight = parameter.replace(" ", "");
    return weight.startsWith("q=0")
        && weight.substring(3).chars().allMatch(c -> c == '.' || c == '0');
  }

  /** A response's fields with what goes for both encodings, and for this one. */
  static Fields fields(Fields fields, boolean encoded) {
    Fields.Builder all = Fields.builder();
    boolean varies = false;
    for (String line : fields.all("Vary")) {
      varies |= line.toLowerCase(Locale.ROOT).contains("accept-encoding");
    }
    fields.forEach(
        (name, value) ->
            all.add(name, encoded && name.equalsIgnoreCase("ETag") ? weak(value) : value));
    if (!varies) {
      all.add("Vary", "Accept-Encoding");
    }
    if (encoded) {
      all.add("Content-Encoding", "gzip");
    }
    return all.build();
  }

  /** Both encodings are the same to whoever reads them, though not byte by byte. */
  public static String weak(String etag) {
    return etag.startsWith("W/") ? etag : "W/" + etag;
  }
}
