package dev.slipstream.engine.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a representation does a Range field ask for? (RFC 9110 §14.1.2 and §14.2) Pure.
 *
 * <p>Ranges that overlap or touch are joined, at the place of the first of them; otherwise the
 * order is the request's. Whatever was asked for, no byte is therefore selected twice, which is
 * what keeps a small request from a large answer (RFC 9110 §17.15). A field with more than {@value
 * #MOST_RANGES} ranges is ignored as a whole, and so is every field where there is nothing to
 * select from. No input throws.
 */
final class ByteRanges {
  /** The most ranges that one field may list, whether they can be satisfied or not. */
  static final int MOST_RANGES = 16;

  /** The only range unit that is understood; its name is compared without case (§14.1). */
  static final String UNIT = "bytes";

  /** What {@link #number} makes of no characters at all. */
  static final long ABSENT = -1;

  /** What {@link #number} makes of anything but digits. */
  static final long INVALID = -2;

  /** What a request is to be answered with. */
  sealed interface Selection {
    /** All of it, with 200: there is no Range field, or it is ignored. */
    record Whole() implements Selection {}

    /** None of it, with 416. */
    record Unsatisfiable() implements Selection {}

    /**
     * Some of it, with 206.
     *
     * @param spans at least one, none of which overlaps or touches another
     */
    record Parts(List<Span> spans) implements Selection {
      public Parts {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) {
          throw new IllegalArgumentException("no part");
        }
      }
    }
  }

  /**
   * A run of bytes in a representation.
   *
   * @param first the offset of its first byte
   * @param last the offset of its last byte
   */
  record Span(long first, long last) {
    Span {
      if (first < 0 || last < first || last == Long.MAX_VALUE) {
        throw new IllegalArgumentException("from " + first + " to " + last);
      }
    }

    /** How many bytes it has. */
    long length() {
      return last - first + 1;
    }

    private boolean touches(Span other) {
      return first <= other.last + 1 && other.first <= last + 1;
    }

    private Span join(Span other) {
      return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  private static final Selection WHOLE = new Selection.Whole();
  private static final Selection UNSATISFIABLE = new Selection.Unsatisfiable();

  private ByteRanges() {}

  /**
   * Selects from a representation.
   *
   * @param range the Range field, its lines combined; null without one
   * @param length of the representation in bytes; where it is not known, negative
   */
  static Selection select(@Nullable String range, long length) {
    if (range == null || length <= 0) { // of what is empty, nothing can be a part (§14.2)
      return WHOLE;
    }
    String specifier = range.strip();
    int equals = specifier.indexOf('=');
    if (equals < 0 || !specifier.substring(0, equals).equalsIgnoreCase(UNIT)) {
      return WHOLE;
    }
    List<Span> spans = new ArrayList<>();
    int ranges = 0;
    int at = equals + 1;
    while (at <= specifier.length()) {
      int comma = specifier.indexOf(',', at);
      int end = comma < 0 ? specifier.length() : comma;
      String spec = specifier.substring(at, end).strip();
      at = end + 1;
      if (spec.isEmpty()) {
        continue; // an empty list element does not count (§5.6.1.2)
      }
      ranges++;
      int dash = spec.indexOf('-');
      if (dash < 0 || ranges > MOST_RANGES) {
        return WHOLE;
      }
      long first = number(spec.substring(0, dash));
      long last = number(spec.substring(dash + 1));
      if (!isValid(first, last)) { // and with it the whole field (§14.1.1)
        return WHOLE;
      }
      Span span = resolve(first, last, length);
      if (span != null) {
        add(spans, span);
      }
    }
    if (ranges == 0) {
      return WHOLE;
    }
    return spans.isEmpty() ? UNSATISFIABLE : new Selection.Parts(spans);
  }

  private static boolean isValid(long first, long last) {
    if (first == INVALID || last == INVALID) {
      return false;
    }
    if (first == ABSENT) {
      return last != ABSENT;
    }
    return last == ABSENT || first <= last;
  }

  /** The bytes that a valid range is, or null if it cannot be satisfied. */
  private static @Nullable Span resolve(long first, long last, long length) {
    if (first == ABSENT) {
      return last == 0 ? null : new Span(Math.max(0, length - last), length - 1);
    }
    if (first >= length) {
      return null;
    }
    return new Span(first, last == ABSENT ? length - 1 : Math.min(last, length - 1));
  }

  /** Adds a span to others that do not touch each other, so that it stays so. */
  private static void add(List<Span> spans, Span span) {
    Span joined = span;
    int place = spans.size();
    for (int i = spans.size() - 1; i >= 0; i--) {
      if (spans.get(i).touches(span)) {
        joined = joined.join(spans.remove(i));
        place = i;
      }
    }
    spans.add(place, joined);
  }

  /**
   * Reads digits: {@link #ABSENT} if there are no characters, {@link #INVALID} if there are others,
   * {@link Long#MAX_VALUE} for whatever is greater (§14.1.2).
   */
  static long number(String text) {
    if (text.isEmpty()) {
      return ABSENT;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
    }
    return number;
  }
}
