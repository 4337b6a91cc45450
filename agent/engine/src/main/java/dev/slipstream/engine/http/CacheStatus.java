package dev.slipstream.engine.http;

import java.util.stream.IntStream;

/** The Cache-Status field (RFC 9211), by which a client sees what this cache did. */
public final class CacheStatus {
  /** The field's name. */
  public static final String FIELD = "Cache-Status";

  /** How this cache names itself in it. */
  static final String NAME = "Slipstream";

  private static final String HIT = NAME + "; hit; ttl=";

  /** The values that nearly every hit has one of. */
  private static final String[] HITS =
      IntStream.range(0, 600).mapToObj(Integer::toString).map(HIT::concat).toArray(String[]::new);

  private CacheStatus() {}

  /** An answer from the cache that stays fresh for so long, in seconds; negative if it is stale. */
  static String hit(long ttlSeconds) {
    return ttlSeconds >= 0 && ttlSeconds < HITS.length
        ? HITS[(int) ttlSeconds]
        : HIT.concat(Long.toString(ttlSeconds));
  }

  /** A stale answer from the cache, and why it may be used. */
  static String staleHit(long ttlSeconds, String why) {
    return hit(ttlSeconds) + "; detail=" + why;
  }

  /** An answer that another request has fetched while this one waited for it. */
  static String collapsed(Forward why, long ttlSeconds) {
    return why.cacheStatus() + "; collapsed; ttl=" + ttlSeconds;
  }

  /** A stored answer that the application has confirmed. */
  static String validated(Forward why, long ttlSeconds) {
    return forwarded(why, 304, true, ttlSeconds);
  }

  /** A stale answer in place of an error of the application; status 0 where it threw. */
  static String insteadOfError(Forward why, int status, long ttlSeconds) {
    String told = status == 0 ? "" : "; fwd-status=" + status;
    return why.cacheStatus() + told + "; ttl=" + ttlSeconds + "; detail=stale-if-error";
  }

  /** The application's answer, as far as that is known before its body is sent. */
  static String forwarded(Forward why, int status, boolean stored, long ttlSeconds) {
    return stored
        ? why.cacheStatus() + "; fwd-status=" + status + "; stored; ttl=" + ttlSeconds
        : why.cacheStatus() + "; fwd-status=" + status;
  }

  /** The same with the key of the entry, as a string of structured fields (RFC 9211 §2.7). */
  static String withKey(String value, String key) {
    StringBuilder text = new StringBuilder(value).append("; key=\"");
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c < 0x20 || c > 0x7E ? '?' : c);
    }
    return text.append('"').toString();
  }

  /** Nothing but a word of what was done, or why not. */
  public static String detail(String what) {
    return NAME + "; detail=" + what;
  }
}
