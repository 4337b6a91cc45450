package dev.slipstream.engine.http;

import dev.slipstream.engine.profile.Outcome;
import org.jspecify.annotations.Nullable;

/** Why a request went on to the application: {@code fwd} of Cache-Status (RFC 9211 §2.2). */
public enum Forward {
  /** The cache does not answer requests of this method. */
  METHOD("method", null),
  /** The request has a precondition on a change (If-Match, If-Unmodified-Since). */
  PRECONDITION("bypass", "precondition"),
  /** The cache only looks on. */
  OBSERVED("bypass", "observed"),
  /** A rule says that nothing is cached. */
  RULE("bypass", "rule"),
  /** A rule's condition asks for a fresh answer. */
  CONDITION("request", "condition"),
  /** A part of the body is stored, and another is asked for. */
  PARTIAL("partial", null),
  /** The request says who is asking, and nothing says that the answer is for everyone. */
  CREDENTIALS("bypass", "credentials"),
  /** The request has a body that is no part of the key. */
  BODY("bypass", "body"),
  /** The request asks for another protocol on its connection. */
  UPGRADE("bypass", "upgrade"),
  /** A filter has taken the response's writer, so that stored bytes cannot be written. */
  WRITER_TAKEN("bypass", "writer-taken"),
  /** The URL's answers were not fit to be stored, time after time. */
  NOT_STORED("miss", "hit-for-miss"),
  /** Nothing is stored for the URL. */
  URI_MISS("uri-miss", null),
  /** Something is stored for the URL, but not for these request fields. */
  VARY_MISS("vary-miss", null),
  /** What is stored is too old. */
  STALE("stale", null),
  /** The request does not accept what is stored. */
  REQUEST("request", null);

  private final String cacheStatus;
  private final boolean bypass;

  Forward(String token, @Nullable String detail) {
    this.bypass = token.equals("bypass") || token.equals("method");
    this.cacheStatus =
        CacheStatus.NAME + "; fwd=" + token + (detail == null ? "" : "; detail=" + detail);
  }

  /** The field value that tells the client. */
  public String cacheStatus() {
    return cacheStatus;
  }

  /** How an exchange is counted that the application has answered. */
  public Outcome outcome() {
    return switch (this) {
      case METHOD -> Outcome.BYPASS_METHOD;
      case CREDENTIALS -> Outcome.BYPASS_CREDENTIALS;
      case OBSERVED -> Outcome.BYPASS_OBSERVED;
      case RULE -> Outcome.BYPASS_RULE;
      case PRECONDITION, BODY, UPGRADE, WRITER_TAKEN -> Outcome.BYPASS_OTHER;
      case URI_MISS, NOT_STORED -> Outcome.MISS_URI;
      case VARY_MISS -> Outcome.MISS_VARY;
      case STALE -> Outcome.MISS_STALE;
      case REQUEST, CONDITION -> Outcome.MISS_REQUEST;
      case PARTIAL -> Outcome.MISS_PARTIAL;
    };
  }

  /** Whether the client is told: not of methods that no cache answers, nor of being observed. */
  public boolean isTold() {
    return this != METHOD && this != OBSERVED;
  }

  /** Whether the cache was not asked at all. */
  boolean isBypass() {
    return bypass;
  }
}
