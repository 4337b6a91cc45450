package dev.slipstream.engine.http;

/** The Cache-Status field (RFC 9211), by which a client sees what this cache did. */
public final class CacheStatus {
  /** The field's name. */
  public static final String FIELD = "Cache-Status";

  /** How this cache names itself in it. */
  static final String NAME = "Slipstream";

  private CacheStatus() {}

  /** The value for an answer from the cache that stays fresh for so long, in seconds. */
  static String hit(long ttlSeconds) {
    return NAME + "; hit; ttl=" + ttlSeconds;
  }
}
