package dev.slipstream.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * The URLs whose answers were, time after time, not fit to be stored: requests for them go on
 * without a look-up, and most of their answers are not looked at (hit-for-miss).
 *
 * <p>After {@value #ENOUGH} such answers in a row one in {@value #LOOKED_AT_MILLIS} ms is still
 * looked at, so that one that can be stored is seen that soon, and at the latest. What is stored,
 * or found, ends it. Bounded; of two URLs with the same place in the table the later one counts.
 * Thread-safe, as far as it has to be: what is lost is one more look.
 */
final class KnownMisses {
  private static final int ENOUGH = 8;
  private static final int LOOKED_AT_MILLIS = 100;
  private static final int URLS = 4_096;
  private static final int LONGEST_URL = 1_000;

  private final @Nullable Url[] urls = new Url[URLS];

  private static final class Url {
    private final String path;
    private final @Nullable String query;
    private final boolean identified;
    private int refusals;
    private volatile long lookedAtMillis;

    Url(String path, @Nullable String query, boolean identified) {
      this.path = path;
      this.query = query;
      this.identified = identified;
    }

    boolean is(String path, @Nullable String query, boolean identified) {
      return this.identified == identified
          && this.path.equals(path)
          && (query == null ? this.query == null : query.equals(this.query));
    }
  }

  /** Whether it is known of a URL, for requests that say who is asking or for those that do not. */
  boolean contains(String path, @Nullable String query, boolean identified) {
    Url url = urls[slot(path, query, identified)];
    return url != null && url.refusals >= ENOUGH && url.is(path, query, identified);
  }

  /**
   * Of one that it {@linkplain #contains is known of}: whether this request's answer is looked at.
   */
  boolean takesToLook(String path, @Nullable String query, boolean identified, long nowMillis) {
    Url url = urls[slot(path, query, identified)];
    if (url == null || Math.abs(nowMillis - url.lookedAtMillis) < LOOKED_AT_MILLIS) {
      return url == null;
    }
    url.lookedAtMillis = nowMillis;
    return true;
  }

  /** An answer was not fit to be stored. */
  void refused(String path, @Nullable String query, boolean identified) {
    if (path.length() + (query == null ? 0 : query.length()) > LONGEST_URL) {
      return;
    }
    int slot = slot(path, query, identified);
    Url url = urls[slot];
    if (url == null || !url.is(path, query, identified)) {
      url = new Url(path, query, identified);
      urls[slot] = url;
    }
    url.refusals = Math.min(ENOUGH, url.refusals + 1);
  }

  /** An answer was stored, or found. */
  void forget(String path, @Nullable String query, boolean identified) {
    int slot = slot(path, query, identified);
    Url url = urls[slot];
    if (url != null && url.is(path, query, identified)) {
      urls[slot] = null;
    }
  }

  private static int slot(String path, @Nullable String query, boolean identified) {
    int hash = 31 * path.hashCode() + (query == null ? 7 : query.hashCode());
    return (hash ^ hash >>> 16 ^ (identified ? 1 : 0)) & (URLS - 1);
  }
}
