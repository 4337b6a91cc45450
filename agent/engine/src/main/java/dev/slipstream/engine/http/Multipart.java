package dev.slipstream.engine.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A 206 with several parts: {@code multipart/byteranges} (RFC 9110 §14.6).
 *
 * <p>Spans that {@link ByteRanges} selected make a body no longer than what it is taken from and,
 * for each of at most {@value ByteRanges#MOST_RANGES} parts, its fields and the boundary.
 *
 * @param bytes the body
 * @param contentType the Content-Type field
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing, and copied never
record Multipart(byte[] bytes, String contentType) {
  /** Of the digest's bytes, how many begin a boundary, which may have 70 characters. */
  private static final int DIGEST_BYTES = 16;

  /** How many characters of a boundary tell it from others with the same beginning. */
  private static final int NUMBER_LENGTH = 8;

  /**
   * Writes the parts, in the order of the spans.
   *
   * @param stored where they are taken from; it contains each of them
   * @param contentType the representation's own Content-Type, or null without one
   * @param spans at least one
   * @param boundary occurs nowhere in what is stored
   * @throws ArithmeticException if that is more than an array can have
   */
  static Multipart of(
      Part stored, @Nullable String contentType, List<ByteRanges.Span> spans, String boundary) {
    List<byte[]> heads = new ArrayList<>(spans.size());
    byte[] tail = latin1("\r\n--" + boundary + "--\r\n");
    long length = tail.length;
    for (ByteRanges.Span span : spans) {
      byte[] head = latin1(head(stored, contentType, span, boundary, heads.isEmpty()));
      heads.add(head);
      length += head.length + span.length();
    }
    ByteBuffer body = ByteBuffer.allocate(Math.toIntExact(length));
    for (int i = 0; i < heads.size(); i++) {
      ByteRanges.Span span = spans.get(i);
      body.put(heads.get(i)).put(stored.bytes(), stored.indexOf(span), (int) span.length());
    }
    return new Multipart(body.put(tail).array(), "multipart/byteranges; boundary=" + boundary);
  }

  private static String head(
      Part stored,
      @Nullable String contentType,
      ByteRanges.Span span,
      String boundary,
      boolean first) {
    StringBuilder head = new StringBuilder(first ? "--" : "\r\n--").append(boundary).append("\r\n");
    if (contentType != null && contentType.chars().noneMatch(c -> c < ' ')) {
      head.append("Content-Type: ").append(contentType).append("\r\n");
    }
    return head.append("Content-Range: ")
        .append(ContentRange.of(span, stored.completeLength()).text())
        .append("\r\n\r\n")
        .toString();
  }

  /**
   * A boundary that does not occur in a body: always the same for the same body and seed.
   *
   * <p>Where a body has the digest that all boundaries of the seed begin with, the first number
   * that does not follow it there is taken. So one pass over the body is enough, though somebody
   * made it to contain as many of them as it can hold.
   *
   * @param seed what tells the representation and its date from others
   */
  static String boundary(byte[] body, String seed) {
    String beginning = HexFormat.of().formatHex(digest(seed), 0, DIGEST_BYTES);
    byte[] wanted = latin1(beginning);
    Set<String> taken = new HashSet<>();
    for (int at = 0; at <= body.length - wanted.length - NUMBER_LENGTH; at++) {
      if (startsWith(body, at, wanted)) {
        taken.add(new String(body, at + wanted.length, NUMBER_LENGTH, StandardCharsets.ISO_8859_1));
      }
    }
    int number = 0;
    while (taken.contains(HexFormat.of().toHexDigits(number))) {
      number++;
    }
    return beginning + HexFormat.of().toHexDigits(number);
  }

  private static boolean startsWith(byte[] body, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (body[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] digest(String seed) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
