package dev.slipstream.engine.http;

import dev.slipstream.engine.learn.Risk;
import org.jspecify.annotations.Nullable;

/** Why a response was not stored. */
public enum Refusal {
  /** The status is interim, or answers a condition or range alone, or has to be understood. */
  STATUS,
  /** The response says no-store. */
  NO_STORE,
  /** The response is for one user only. */
  PRIVATE,
  /** The response must be validated before each use, and cannot be: it has no validator. */
  NO_CACHE,
  /** The response sets a cookie. */
  SET_COOKIE,
  /** The response varies by something that no field shows. */
  VARY_ANY,
  /** The exchange has an identity, and nothing says that the answer is for everyone. */
  CREDENTIALS,
  /** Nothing states for how long the response is fresh, or it is stale already. */
  NOT_FRESH,
  /** The response is an endless stream of events. */
  EVENT_STREAM,
  /** The body is larger than what is captured. */
  TOO_LARGE,
  /** The body that was seen is not the one that was announced, or was written past the agent. */
  INCOMPLETE,
  /** The application failed, or handed the answer to an error page. */
  FAILED,
  /** The URL has as many variants as it may have. */
  TOO_MANY_VARIANTS,
  /** The answer was invalidated, or the cache flushed, while it was made. */
  INVALIDATED;

  /** Whether it is what the application says of its answer, and will likely say of the next. */
  boolean isOfTheAnswer() {
    return switch (this) {
      case STATUS,
          NO_STORE,
          PRIVATE,
          NO_CACHE,
          SET_COOKIE,
          VARY_ANY,
          CREDENTIALS,
          NOT_FRESH,
          TOO_LARGE ->
          true;
      case EVENT_STREAM, INCOMPLETE, FAILED, TOO_MANY_VARIANTS, INVALIDATED -> false;
    };
  }

  /** What it says against caching the endpoint; null for nothing. */
  @Nullable Risk risk() {
    return switch (this) {
      case PRIVATE -> Risk.PRIVATE;
      case NO_STORE -> Risk.NO_STORE;
      case SET_COOKIE -> Risk.SET_COOKIE;
      case CREDENTIALS -> Risk.IDENTITY_READ;
      case VARY_ANY -> Risk.VARY_ANY;
      default -> null;
    };
  }
}
