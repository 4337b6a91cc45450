package dev.slipstream.engine.admit;

/**
 * A request that the application is not asked about.
 *
 * @param reason why not
 * @param retryAfterSeconds when it is worth another attempt, in seconds
 */
public record TurnedAway(Reason reason, int retryAfterSeconds) {
  /** Why a request is turned away. */
  public enum Reason {
    /** Its endpoint has more requests under way than it can answer in time. */
    THROTTLED("throttled", "too many requests for this endpoint are under way"),
    /** Its endpoint fails, or takes too long. */
    BREAKER_OPEN("breaker-open", "this endpoint fails or is too slow just now"),
    /** The gateway as a whole is overloaded, and the request can wait. */
    EMERGENCY("emergency", "the gateway is overloaded");

    private final String detail;
    private final String sentence;

    Reason(String detail, String sentence) {
      this.detail = detail;
      this.sentence = sentence;
    }

    /** The word for it in Cache-Status. */
    public String detail() {
      return detail;
    }

    /** What the client is told. */
    public String sentence() {
      return sentence;
    }
  }
}
