package dev.slipstream.engine;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts errors of the agent itself, and turns it off when there are too many.
 *
 * <p>After {@value #GREATEST_COUNT} errors within {@value #WINDOW_SECONDS} s the action given runs,
 * once. Thread-safe; only errors take the lock.
 */
public final class ErrorBreaker {
  /** Errors within the window that turn the agent off. */
  public static final int GREATEST_COUNT = 50;

  /** The window, in seconds. */
  public static final int WINDOW_SECONDS = 60;

  private static final long WINDOW_NANOS = WINDOW_SECONDS * 1_000_000_000L;
  private static final int LOGGED_IN_FULL = 5;

  private final LongSupplier nanoTicker;
  private final AgentLog log;
  private final Runnable turnOff;
  private final LongAdder total = new LongAdder();
  private final long[] recent = new long[GREATEST_COUNT]; // a ring of the latest error's times
  private int recorded;
  private boolean tripped;

  /**
   * Makes a breaker.
   *
   * @param nanoTicker the time in nanoseconds from any origin
   * @param turnOff turns the agent off; runs under the breaker's lock
   */
  public ErrorBreaker(LongSupplier nanoTicker, AgentLog log, Runnable turnOff) {
    this.nanoTicker = nanoTicker;
    this.log = log;
    this.turnOff = turnOff;
  }

  /** Records an error of ours; never throws. */
  public void record(String where, Throwable error) {
    total.increment();
    long now = nanoTicker.getAsLong();
    if (total.sum() <= LOGGED_IN_FULL) {
      log.error(where + " failed; the gateway went on without the agent", error);
    }
    if (trips(now)) {
      log.error(
          String.format(
              Locale.ROOT,
              "%d errors within %d s: the agent is off now, every request passes through",
              GREATEST_COUNT,
              WINDOW_SECONDS),
          error);
    }
  }

  private synchronized boolean trips(long now) {
    int slot = recorded % GREATEST_COUNT;
    recent[slot] = now;
    recorded++;
    boolean full = recorded >= GREATEST_COUNT;
    long oldest = recent[recorded % GREATEST_COUNT];
    if (tripped || !full || now - oldest > WINDOW_NANOS) {
      return false;
    }
    tripped = true;
    turnOff.run(); // before another thread's error is counted, and before anything slow
    return true;
  }

  /** Lets it trip anew: the agent was turned on again. */
  public synchronized void reset() {
    recorded = 0;
    tripped = false;
  }

  /** Whether it has tripped, and was not reset since. */
  public synchronized boolean hasTripped() {
    return tripped;
  }

  /** Errors since the start. */
  public long total() {
    return total.sum();
  }

  /** Errors within the window, at most {@value #GREATEST_COUNT}. */
  public synchronized int recent() {
    long now = nanoTicker.getAsLong();
    int count = 0;
    for (int i = 0; i < Math.min(recorded, GREATEST_COUNT); i++) {
      if (now - recent[i] <= WINDOW_NANOS) {
        count++;
      }
    }
    return count;
  }
}
