package dev.slipstream.engine.admit;

/**
 * Whether the gateway is in an emergency: what can wait is refused, stale answers are given
 * wherever they may be, and what is ours and not needed now is left undone. Thread-safe.
 *
 * <p>It ends by itself after {@value #LONGEST_SECONDS} s at the latest, whoever began it.
 */
public final class Emergency {
  /** The longest it lasts without being begun anew, in seconds. */
  public static final int LONGEST_SECONDS = 300;

  private static final long LONGEST_NANOS = LONGEST_SECONDS * 1_000_000_000L;

  private volatile boolean on;
  private volatile long sinceNanos;
  private long pastNanos;
  private long times;

  Emergency() {}

  /** Whether it is on. */
  public boolean isOn(long nowNanos) {
    return on && nowNanos - sinceNanos < LONGEST_NANOS;
  }

  /** The same, now: for work that may be left undone. */
  public boolean isOn() {
    return on && isOn(System.nanoTime());
  }

  synchronized void begin(long nowNanos) {
    if (!isOn(nowNanos)) {
      end(nowNanos);
      times++;
      sinceNanos = nowNanos;
      on = true;
    }
  }

  synchronized void end(long nowNanos) {
    if (on) {
      pastNanos += Math.min(LONGEST_NANOS, nowNanos - sinceNanos);
      on = false;
    }
  }

  void tick(long nowNanos) {
    if (on && !isOn(nowNanos)) {
      end(nowNanos);
    }
  }

  /** How often there was one. */
  public synchronized long times() {
    return times;
  }

  /** The time in emergencies since the start, in milliseconds. */
  public synchronized long millis(long nowNanos) {
    long current = on ? Math.min(LONGEST_NANOS, nowNanos - sinceNanos) : 0;
    return (pastNanos + current) / 1_000_000;
  }
}
