package dev.slipstream.it;

import com.example.gateway.BodyReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A POST and how its body goes over the wire.
 *
 * @param name tells it from others, and goes into its query
 * @param reading how the application reads the body
 * @param contentType null for none
 * @param query what is in the query beside the name; may be empty
 * @param body the content, a character for each byte
 * @param chunked in chunks, or with its length
 */
record Post(
    String name,
    BodyReading reading,
    @Nullable String contentType,
    String query,
    String body,
    boolean chunked) {

  static final String TEXT = "text/plain;charset=UTF-8";
  static final String FORM = "application/x-www-form-urlencoded";

  static Post text(BodyReading reading, String body) {
    return new Post("text", reading, TEXT, "", inLatin(bytes(body)), false);
  }

  static Post form(BodyReading reading, String body) {
    return new Post("form", reading, FORM, "", inLatin(bytes(body)), false);
  }

  Post named(String other) {
    return new Post(other, reading, contentType, query, body, chunked);
  }

  Post as(@Nullable String otherType) {
    return new Post(name, reading, otherType, query, body, chunked);
  }

  Post with(byte[] otherBody) {
    return new Post(name, reading, contentType, query, inLatin(otherBody), chunked);
  }

  Post withQuery(String other) {
    return new Post(name, reading, contentType, other, body, chunked);
  }

  Post inChunks() {
    return new Post(name, reading, contentType, query, body, true);
  }

  /** Its path below a context, and its query. */
  String target(String servlet) {
    String more = query.isEmpty() ? "" : "&" + query;
    return servlet + "/" + reading + "?" + name.replaceAll("[^a-zA-Z0-9]+", "-") + more;
  }

  List<String> fields(String... others) {
    List<String> fields = new ArrayList<>(List.of(others));
    if (contentType != null) {
      fields.add("Content-Type: " + contentType);
    }
    fields.add(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
    return fields;
  }

  /** The body in its framing. */
  byte[] content() throws IOException {
    byte[] whole = body.getBytes(StandardCharsets.ISO_8859_1);
    if (!chunked) {
      return whole;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int sent = 0;
    for (int size = 1; sent < whole.length; size = size * 3 + 1) {
      int count = Math.min(size, whole.length - sent);
      content.write(bytes(Integer.toHexString(count) + "\r\n"));
      content.write(whole, sent, count);
      content.write(bytes("\r\n"));
      sent += count;
    }
    content.write(bytes("0\r\n\r\n"));
    return content.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String inLatin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return reading + " " + name + (chunked ? " in chunks" : "");
  }
}
