package dev.slipstream.engine.admit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps requests from an endpoint that fails or takes too long. Thread-safe; a call that ends well
 * after others that did, while it is closed, writes nothing.
 *
 * <p>Once it is armed, which opens it, it opens whenever {@value #BAD} of the last {@value #CALLS}
 * calls were bad. It stays open for {@value #OPEN_SECONDS} s; meanwhile one call a second goes
 * through as a scout, and a good one ends the wait. Then {@value #PROBES} calls decide: with fewer
 * than half of them bad it closes, else it opens anew. Calls that began before a state are of no
 * account to it.
 */
// Not resilience4j's, see docs/decisions/0022.
public final class EndpointBreaker {
  static final int CALLS = 50;
  static final int BAD = CALLS / 2;
  static final int PROBES = 5;
  static final int OPEN_SECONDS = 10;
  static final long OPEN_NANOS = OPEN_SECONDS * 1_000_000_000L;

  private static final long SCOUT_NANOS = 1_000_000_000L;
  private static final long IDLE_NANOS = 60_000_000_000L;
  private static final long ALL_CALLS = (1L << CALLS) - 1;

  /** What it does with requests. */
  public enum State {
    /** All go through. */
    CLOSED,
    /** None goes through but a scout now and then. */
    OPEN,
    /** A few go through to see. */
    HALF_OPEN
  }

  // The last calls, the latest lowest; a bit is set where one was bad.
  private final AtomicLong calls = new AtomicLong();
  private volatile State state = State.CLOSED;
  private volatile boolean armed;
  private volatile long sinceNanos;
  private volatile long lastCallNanos;
  private long scoutNanos;
  private int scouts;
  private int probesOut;
  private int probesGood;
  private int probesBad;
  private long opened;

  EndpointBreaker(long nowNanos) {
    sinceNanos = nowNanos;
    lastCallNanos = nowNanos;
  }

  /** Opens it now, and lets it open again until {@link #disarm}. */
  synchronized void arm(long nowNanos) {
    armed = true;
    if (state == State.CLOSED) {
      open(nowNanos, State.CLOSED);
    }
  }

  /** Closes it: it only counts from now on, and all requests go through. */
  synchronized void disarm(long nowNanos) {
    armed = false;
    if (state != State.CLOSED) {
      close(nowNanos);
    }
  }

  State state() {
    return state;
  }

  /** How often it has opened. */
  synchronized long opened() {
    return opened;
  }

  /** When its state began. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Whether a request may go through; then {@link #ended} or {@link #released} follows. */
  boolean admits(long nowNanos) {
    return state == State.CLOSED || admitsSome(nowNanos);
  }

  private synchronized boolean admitsSome(long nowNanos) {
    if (state == State.OPEN) {
      if (nowNanos - sinceNanos < OPEN_NANOS) {
        if (scouts >= PROBES || nowNanos - scoutNanos < SCOUT_NANOS) {
          return false;
        }
        scouts++;
        scoutNanos = nowNanos;
        return true;
      }
      halfOpen(nowNanos, 0);
    }
    if (state == State.HALF_OPEN) {
      if (probesOut + probesGood + probesBad >= PROBES) {
        return false;
      }
      probesOut++;
    }
    return true;
  }

  /** When the next attempt is worth it, in seconds. */
  int retryAfterSeconds(long nowNanos) {
    long left = state == State.OPEN ? OPEN_NANOS - (nowNanos - sinceNanos) : 0;
    return (int) Math.max(1, Math.min(OPEN_SECONDS, (left + 999_999_999L) / 1_000_000_000L));
  }

  /** A call has ended. */
  void ended(long startNanos, long nowNanos, boolean bad) {
    if (startNanos - sinceNanos < 0) {
      return;
    }
    if (state != State.CLOSED) {
      tried(startNanos, nowNanos, bad);
      return;
    }
    while (true) {
      long was = calls.get();
      long now = (was << 1 | (bad ? 1 : 0)) & ALL_CALLS;
      if (was == now || calls.compareAndSet(was, now)) { // all were good, and so is this one
        if (nowNanos - lastCallNanos > SCOUT_NANOS) {
          lastCallNanos = nowNanos; // to the second, so that it is seldom written
        }
        if (bad && armed && Long.bitCount(now) >= BAD) {
          open(nowNanos, State.CLOSED);
        }
        return;
      }
    }
  }

  private synchronized void tried(long startNanos, long nowNanos, boolean bad) {
    if (startNanos - sinceNanos < 0) {
      return;
    }
    if (state == State.OPEN) {
      scouts = Math.max(0, scouts - 1); // a health check was not counted out
      if (!bad) {
        halfOpen(nowNanos, 1);
      }
    } else if (state == State.HALF_OPEN) {
      probesOut = Math.max(0, probesOut - 1);
      probesBad += bad ? 1 : 0;
      probesGood += bad ? 0 : 1;
      if (2 * probesBad >= PROBES) {
        open(nowNanos, State.HALF_OPEN);
      } else if (probesGood + probesBad >= PROBES) {
        close(nowNanos);
      }
    }
  }

  /** A request that was let through tells nothing. */
  void released(long startNanos) {
    if (state != State.CLOSED) {
      synchronized (this) {
        if (startNanos - sinceNanos >= 0) {
          if (state == State.OPEN) {
            scouts = Math.max(0, scouts - 1);
          } else if (state == State.HALF_OPEN) {
            probesOut = Math.max(0, probesOut - 1);
          }
        }
      }
    }
  }

  /**
   * How many of the last calls were bad, where so many that are under way count as bad already: up
   * to half of what opens it, since it may be their clients that are slow.
   */
  int bad(int overdue) {
    int late = Math.min(BAD / 2, overdue);
    return late + Long.bitCount(calls.get() & ((1L << (CALLS - late)) - 1));
  }

  /**
   * Looks at what does not end.
   *
   * @param overdue requests under way for too long that began with the state or later
   */
  void tick(long nowNanos, int overdue) {
    State now = state;
    if (now == State.CLOSED) {
      if (nowNanos - lastCallNanos > IDLE_NANOS) {
        calls.set(0); // of no account any more
      }
      if (overdue > 0 && armed && bad(overdue) >= BAD) {
        open(nowNanos, State.CLOSED);
      }
    } else if (now == State.HALF_OPEN) {
      undecided(nowNanos, overdue);
    }
  }

  private synchronized void undecided(long nowNanos, int overdue) {
    if (state != State.HALF_OPEN || probesOut == 0) {
      return;
    }
    if (2 * (probesBad + Math.min(probesOut, overdue)) >= PROBES) {
      open(nowNanos, State.HALF_OPEN);
    } else if (nowNanos - sinceNanos > OPEN_NANOS) {
      halfOpen(nowNanos, 0); // probes were lost
    }
  }

  private synchronized void open(long nowNanos, State from) {
    if (armed && state == from) {
      opened++;
      scouts = 0;
      scoutNanos = nowNanos;
      become(State.OPEN, nowNanos);
    }
  }

  private void halfOpen(long nowNanos, int good) {
    probesOut = 0;
    probesGood = good;
    probesBad = 0;
    become(State.HALF_OPEN, nowNanos);
  }

  private synchronized void close(long nowNanos) {
    become(State.CLOSED, nowNanos);
  }

  private void become(State next, long nowNanos) {
    calls.set(0);
    sinceNanos = nowNanos;
    state = next;
  }
}
