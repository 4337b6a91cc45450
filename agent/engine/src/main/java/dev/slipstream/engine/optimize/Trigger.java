package dev.slipstream.engine.optimize;

import java.time.Duration;

/**
 * When a rule enters and leaves: after samples in a row over its threshold, after samples in a row
 * well under it, and not again before it has cooled down. Pure but for its own state; not
 * thread-safe.
 */
final class Trigger {
  /**
   * How many samples it takes.
   *
   * @param over in a row to enter
   * @param under in a row to leave
   * @param cools whether the level's cool-down applies
   */
  record Timing(int over, int under, boolean cools) {
    /** One sample each monitoring interval. */
    static final Timing STEADY = new Timing(3, 6, true);

    /** One sample each 500 ms: in within 1 s, out within 1.5 s, and in again at once. */
    static final Timing FAST = new Timing(2, 3, false);

    /** One sample each 500 ms: in within 1 s, since a heap fills in seconds, and out in 30 s. */
    static final Timing PROMPT = new Timing(2, 60, true);
  }

  /** What a sample brought about. */
  enum Step {
    NONE,
    ENTER,
    LEAVE
  }

  private final Timing timing;
  private boolean in;
  private int run;
  private long coolUntilMillis = Long.MIN_VALUE;

  Trigger(Timing timing) {
    this.timing = timing;
  }

  /** Takes a sample. */
  Step advance(Position position, long nowMillis, Duration coolDown) {
    if (in) {
      run = position == Position.UNDER ? run + 1 : 0;
      if (run < timing.under()) {
        return Step.NONE;
      }
      leave(nowMillis, timing.cools() ? coolDown : Duration.ZERO);
      return Step.LEAVE;
    }
    run = position == Position.OVER && nowMillis >= coolUntilMillis ? run + 1 : 0;
    if (run < timing.over()) {
      return Step.NONE;
    }
    in = true;
    run = 0;
    return Step.ENTER;
  }

  /** Leaves whatever the samples say, and cools down for so long. */
  void leave(long nowMillis, Duration coolDown) {
    in = false;
    run = 0;
    coolUntilMillis = nowMillis + coolDown.toMillis();
  }

  boolean isIn() {
    return in;
  }

  /** Whether it has not entered since it left. */
  boolean isCooling(long nowMillis) {
    return !in && nowMillis < coolUntilMillis;
  }

  /** Whether there is nothing to be remembered of it. */
  boolean isIdle(long nowMillis) {
    return !in && run == 0 && nowMillis >= coolUntilMillis;
  }
}
