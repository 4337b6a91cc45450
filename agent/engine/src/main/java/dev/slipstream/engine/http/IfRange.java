package dev.slipstream.engine.http;

import org.jspecify.annotations.Nullable;

/** May the request's Range apply to the stored response? (RFC 9110 §13.1.5) Pure. */
final class IfRange {
  /** By how much a Date must follow a Last-Modified for that to be strong (RFC 9110 §8.8.2.2). */
  private static final long STRONG_AFTER_MILLIS = 1_000;

  private IfRange() {}

  /**
   * Whether the condition is true; if not, Range is ignored. What is neither an entity tag nor a
   * date is false.
   *
   * @param ifRange the field, or null without one, which is true
   * @param stored the fields of what is stored
   * @param dateMillis its Date
   * @param nowMillis resolves two-digit years
   */
  static boolean allows(@Nullable String ifRange, Fields stored, long dateMillis, long nowMillis) {
    if (ifRange == null) {
      return true;
    }
    String validator = ifRange.strip();
    if (isStrongTag(validator)) {
      String etag = stored.combined("ETag");
      return etag != null && etag.strip().equals(validator);
    }
    long asked = HttpDate.parse(validator, nowMillis);
    return asked != HttpDate.INVALID
        && asked == HttpDate.parse(stored.combined("Last-Modified"), nowMillis)
        && asked < dateMillis
        && dateMillis - asked >= STRONG_AFTER_MILLIS;
  }

  /** One entity tag that is not weak (RFC 9110 §8.8.3); equal ones match strongly (§8.8.3.2). */
  private static boolean isStrongTag(String text) {
    int last = text.length() - 1;
    if (last < 1 || text.charAt(0) != '"' || text.charAt(last) != '"') {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '"' || c == 0x7F) {
        return false;
      }
    }
    return true;
  }
}
