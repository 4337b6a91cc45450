package dev.slipstream.engine.http;

/**
 * For how long a stored response may be used, and how (RFC 9111 §4.2, RFC 5861).
 *
 * <p>Durations are milliseconds. What may be done with a stale response counts from when it became
 * stale.
 *
 * @param freshMillis the freshness lifetime, 0 for a response that is stale at once, or {@link
 *     Freshness#UNSTATED}
 * @param staleWhileRevalidateMillis for how long it answers while it is refreshed
 * @param staleIfErrorMillis for how long it answers while the application cannot
 * @param anyError whether every status from 500 counts as an error, as it does where the response
 *     or a rule says {@code stale-if-error}; else only those of an origin that was not reached
 * @param alwaysValidated whether it is validated before each use ({@code no-cache})
 * @param staleAllowed whether a request may accept it stale ({@code max-stale})
 */
record Lifetime(
    long freshMillis,
    long staleWhileRevalidateMillis,
    long staleIfErrorMillis,
    boolean anyError,
    boolean alwaysValidated,
    boolean staleAllowed) {

  /** A response that is fresh for so long and never used stale. */
  static Lifetime fresh(long millis) {
    return new Lifetime(millis, 0, 0, false, false, false);
  }

  /** The same, stale at once where nothing says how long the response is fresh. */
  Lifetime orStale() {
    return isStated()
        ? this
        : new Lifetime(
            0,
            staleWhileRevalidateMillis,
            staleIfErrorMillis,
            anyError,
            alwaysValidated,
            staleAllowed);
  }

  /** The same, fresh for so long at most. */
  Lifetime atMost(long millis) {
    return new Lifetime(
        Math.min(freshMillis, millis),
        staleWhileRevalidateMillis,
        staleIfErrorMillis,
        anyError,
        alwaysValidated,
        staleAllowed);
  }

  /** Whether something says how long the response is fresh, be it not at all. */
  boolean isStated() {
    return freshMillis != Freshness.UNSTATED;
  }

  /** For how long a stale response may answer without having been validated. */
  long longestStaleMillis() {
    return Math.max(staleWhileRevalidateMillis, staleIfErrorMillis);
  }
}
