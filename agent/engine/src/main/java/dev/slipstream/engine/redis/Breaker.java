package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps requests from a server that fails or is slow. Thread-safe.
 *
 * <p>It opens when half of the last {@value #WINDOW} operations noted, {@value #LEAST} at least,
 * failed or took longer than half the budget. One in a tenth of the budget is noted: of the many
 * that a pause of this process holds up together, one counts. It never lets a request try whether
 * the server is back: {@link Keeper} does, with {@value #PROBES} probes, and all others wait for
 * that.
 */
final class Breaker {
  static final int PROBES = 3;

  private static final int WINDOW = 20;
  private static final int LEAST = 10;

  // Not resilience4j's: it asks for the default time zone when it is configured, whereupon the JDK
  // sets user.timezone, and an application that sets that property later would be ignored.
  private enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final LongSupplier nanoTicker;
  private final long slowNanos;
  private final long notedEveryNanos;
  private final AtomicLong lastNoted;
  private final Runnable opened;
  private final Runnable turned;
  private final boolean[] bad = new boolean[WINDOW]; // a ring
  private int noted;
  private int badCount;
  private int probes;
  private int slowProbes;
  private boolean used;
  private volatile State state = State.OPEN;
  private volatile String reason = "not connected yet";

  /**
   * Makes an open breaker.
   *
   * @param budget what a request may wait for
   * @param opened runs when it opens, in whichever thread
   * @param turned runs when it has closed, and when it opens after it was closed
   */
  Breaker(Duration budget, LongSupplier nanoTicker, Runnable opened, Runnable turned) {
    this.nanoTicker = nanoTicker;
    this.slowNanos = budget.dividedBy(2).toNanos();
    this.notedEveryNanos = budget.dividedBy(10).toNanos();
    this.lastNoted = new AtomicLong(nanoTicker.getAsLong() - notedEveryNanos);
    this.opened = opened;
    this.turned = turned;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** The state as operators read it: closed, open or half_open. */
  String state() {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is not closed because of answers that come, but late. */
  boolean isSlow() {
    return !isClosed() && reason.equals(slowness());
  }

  /** Why it is open; of no meaning while it is closed. */
  String reason() {
    return reason;
  }

  /** Notes an operation of a request that was answered. */
  void succeeded(long nanos) {
    if (isToBeNoted()) {
      note(nanos > slowNanos, slowness());
    }
  }

  /** Notes an operation of a request that failed. */
  void failed(String why) {
    if (isToBeNoted()) {
      note(true, why);
    }
  }

  private boolean isToBeNoted() {
    long now = nanoTicker.getAsLong();
    long last = lastNoted.get();
    return now - last >= notedEveryNanos && isClosed() && lastNoted.compareAndSet(last, now);
  }

  private synchronized void note(boolean isBad, String why) {
    int slot = noted % WINDOW;
    if (noted >= WINDOW && bad[slot]) {
      badCount--;
    }
    bad[slot] = isBad;
    badCount += isBad ? 1 : 0;
    noted++;
    int counted = Math.min(noted, WINDOW);
    if (isBad && isClosed() && counted >= LEAST && 2 * badCount >= counted) {
      open(why);
    }
  }

  /** Opens it at once. */
  synchronized void open(String why) {
    reason = why;
    if (state != State.OPEN) {
      state = State.OPEN;
      turn(false);
      opened.run();
    }
  }

  /** Lets probes decide: after {@value #PROBES} of them it is closed, or open again. */
  synchronized void halfOpen() {
    probes = 0;
    slowProbes = 0;
    state = State.HALF_OPEN;
  }

  /** Notes a probe that was answered. */
  synchronized void probed(long nanos) {
    probes++;
    slowProbes += nanos > slowNanos ? 1 : 0;
    if (state != State.HALF_OPEN || probes < PROBES) {
      return;
    }
    if (2 * slowProbes >= probes) {
      open(slowness());
    } else {
      noted = 0;
      badCount = 0;
      state = State.CLOSED;
      turn(true);
    }
  }

  private void turn(boolean nowUsed) {
    if (used != nowUsed) {
      used = nowUsed;
      turned.run();
    }
  }

  private String slowness() {
    return "it takes longer than " + TimeUnit.NANOSECONDS.toMillis(slowNanos) + " ms";
  }
}
