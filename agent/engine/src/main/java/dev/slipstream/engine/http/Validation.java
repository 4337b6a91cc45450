package dev.slipstream.engine.http;

/**
 * A stored response that does not answer by itself: what the application is asked to confirm, and
 * what answers in its place when it cannot.
 *
 * @param stored what is stored
 * @param conditions what the application's request gets in place of its own fields of these names,
 *     so that the answer can be 304 (RFC 9111 §4.3.1); empty where the response has no validator
 * @param answersUntilMillis until when it answers instead of an error, in milliseconds since 1970
 * @param askedAtMillis when the request came, in milliseconds since 1970
 * @param client the client's request fields, which the answer has to satisfy
 * @param method the client's method
 */
public record Validation(
    StoredResponse stored,
    Fields conditions,
    long answersUntilMillis,
    long askedAtMillis,
    Fields client,
    String method) {

  /** Whether a status of the application means: what is stored is still right. */
  public boolean isConfirmedBy(int status) {
    return status == 304 && conditions.size() > 0;
  }

  /**
   * Whether what is stored answers instead of such a status (RFC 5861 §4): any from 500 where
   * {@code stale-if-error} was said, else those of an origin that was not reached.
   */
  public boolean answersInsteadOf(int status, long nowMillis) {
    boolean error =
        stored.lifetime().anyError()
            ? status >= 500
            : status == 502 || status == 503 || status == 504;
    return error && nowMillis < answersUntilMillis;
  }
}
