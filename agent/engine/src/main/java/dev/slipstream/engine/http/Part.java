package dev.slipstream.engine.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of bytes of one representation, up to all of it: what a 206 or a 200 carried.
 *
 * @param bytes never copied nor changed
 * @param first the offset of the first of them in the representation
 * @param completeLength how many bytes the representation has, or {@link ContentRange#UNKNOWN}
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing, and copied never
record Part(byte[] bytes, long first, long completeLength) {
  /** A little less than what an array can have. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  Part {
    boolean fits =
        completeLength == ContentRange.UNKNOWN
            ? first < Long.MAX_VALUE - bytes.length
            : first <= completeLength - bytes.length;
    if (first < 0 || completeLength < ContentRange.UNKNOWN || !fits) {
      throw new IllegalArgumentException(bytes.length + " at " + first + "/" + completeLength);
    }
  }

  /** All of a representation. */
  static Part whole(byte[] body) {
    return new Part(body, 0, body.length);
  }

  /** Whether this is all of the representation. */
  boolean isComplete() {
    return bytes.length == completeLength; // and so the first is 0
  }

  /** Whether all bytes of a span are here. */
  boolean contains(ByteRanges.Span span) {
    return first <= span.first() && span.last() < end();
  }

  /** The bytes of a span that is {@linkplain #contains contained}. */
  byte[] slice(ByteRanges.Span span) {
    int from = indexOf(span);
    return Arrays.copyOfRange(bytes, from, from + (int) span.length());
  }

  /** Where in {@link #bytes} a contained span begins. */
  int indexOf(ByteRanges.Span span) {
    if (!contains(span)) {
      throw new IllegalArgumentException(span + " of " + bytes.length + " bytes at " + first);
    }
    return (int) (span.first() - first);
  }

  private long end() {
    return first + bytes.length;
  }

  /**
   * Both as one (RFC 9110 §15.3.7.3, RFC 9111 §3.4), or null if there is a gap between them or they
   * cannot be of the same representation: of different complete lengths, or different where they
   * overlap. That they share a strong validator is for the caller to know.
   */
  static @Nullable Part union(Part stored, Part received) {
    long overlapFirst = Math.max(stored.first, received.first);
    long overlapEnd = Math.min(stored.end(), received.end());
    long first = Math.min(stored.first, received.first);
    long end = Math.max(stored.end(), received.end());
    if (overlapFirst > overlapEnd || end - first > MOST_BYTES) {
      return null;
    }
    long completeLength = Math.max(stored.completeLength, received.completeLength);
    if (!stored.allows(completeLength) || !received.allows(completeLength)) {
      return null;
    }
    if (completeLength != ContentRange.UNKNOWN && end > completeLength) {
      return null;
    }
    if (!Arrays.equals(
        stored.bytes,
        (int) (overlapFirst - stored.first),
        (int) (overlapEnd - stored.first),
        received.bytes,
        (int) (overlapFirst - received.first),
        (int) (overlapEnd - received.first))) {
      return null;
    }
    byte[] bytes = new byte[(int) (end - first)];
    stored.copyTo(bytes, first);
    received.copyTo(bytes, first);
    return new Part(bytes, first, completeLength);
  }

  /** Whether this says nothing else about the representation's length. */
  private boolean allows(long length) {
    return completeLength == ContentRange.UNKNOWN || completeLength == length;
  }

  private void copyTo(byte[] target, long targetFirst) {
    System.arraycopy(bytes, 0, target, (int) (first - targetFirst), bytes.length);
  }
}
