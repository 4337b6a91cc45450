package dev.slipstream.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * A Content-Range field in bytes (RFC 9110 §14.4): which part of a representation a 206 has, or how
 * long the representation of a 416 is.
 *
 * @param first the offset of the first byte, {@link #NONE} for a 416
 * @param last the offset of the last byte, {@link #NONE} for a 416
 * @param completeLength how many bytes the representation has, or {@link #UNKNOWN}
 */
record ContentRange(long first, long last, long completeLength) {
  /** The complete length that is written {@code *}. */
  static final long UNKNOWN = -1;

  /** Both offsets where the field says which length a range did not fit into. */
  static final long NONE = -1;

  ContentRange {
    if (!isValid(first, last, completeLength)) {
      throw new IllegalArgumentException(first + "-" + last + "/" + completeLength);
    }
  }

  /** The field of a 206, or of a part of its body. */
  static ContentRange of(ByteRanges.Span span, long completeLength) {
    return new ContentRange(span.first(), span.last(), completeLength);
  }

  /** The field of a 416. */
  static ContentRange unsatisfied(long completeLength) {
    return new ContentRange(NONE, NONE, completeLength);
  }

  /**
   * Reads a field's value; null where it is absent, has another unit or is invalid, and then the
   * response must be combined with no other.
   */
  static @Nullable ContentRange parse(@Nullable String field) {
    if (field == null) {
      return null;
    }
    String text = field.strip();
    int space = text.indexOf(' ');
    int slash = text.indexOf('/', space + 1);
    if (space < 0 || slash < 0 || !text.substring(0, space).equalsIgnoreCase(ByteRanges.UNIT)) {
      return null;
    }
    String length = text.substring(slash + 1);
    long completeLength = length.equals("*") ? UNKNOWN : offset(length);
    String range = text.substring(space + 1, slash);
    if (range.equals("*")) {
      return completeLength < 0 ? null : unsatisfied(completeLength);
    }
    int dash = range.indexOf('-');
    if (dash < 0) {
      return null;
    }
    long first = offset(range.substring(0, dash));
    long last = offset(range.substring(dash + 1));
    return isValid(first, last, completeLength)
        ? new ContentRange(first, last, completeLength)
        : null;
  }

  /** A number that is one and that can be relied on, else {@link ByteRanges#INVALID}. */
  private static long offset(String text) {
    long number = ByteRanges.number(text);
    return number < 0 || number == Long.MAX_VALUE ? ByteRanges.INVALID : number;
  }

  private static boolean isValid(long first, long last, long completeLength) {
    if (first == NONE && last == NONE) {
      return completeLength >= 0;
    }
    return first >= 0
        && first <= last
        && last < Long.MAX_VALUE
        && (completeLength == UNKNOWN || last < completeLength);
  }

  /** Whether this is the field of a 416. */
  boolean isUnsatisfied() {
    return first == NONE;
  }

  /** The field's value, as it is sent. */
  String text() {
    String range = isUnsatisfied() ? "*" : first + "-" + last;
    return ByteRanges.UNIT
        + ' '
        + range
        + '/'
        + (completeLength == UNKNOWN ? "*" : Long.toString(completeLength));
  }
}
