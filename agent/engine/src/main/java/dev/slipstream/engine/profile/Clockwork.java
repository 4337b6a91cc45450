package dev.slipstream.engine.profile;

import java.util.ArrayDeque;
import java.util.Deque;

/** Divides time into seconds and slots of {@value #SECONDS_OF_SLOT} seconds. Not thread-safe. */
final class Clockwork {
  private static final int SECONDS_OF_SLOT = 5;

  /** Of the slots in the window, the one under way included. */
  private final Deque<Long> starts = new ArrayDeque<>();

  private long lastNanos;
  private long slot;
  private int seconds;

  Clockwork(long nowNanos) {
    lastNanos = nowNanos;
    starts.add(nowNanos);
  }

  Tick tick(long nowNanos) {
    double second = (nowNanos - lastNanos) / 1e9;
    double window = (nowNanos - starts.getFirst()) / 1e9;
    lastNanos = nowNanos;
    seconds++;
    if (seconds < SECONDS_OF_SLOT) {
      return new Tick(nowNanos, slot, false, second, window);
    }
    seconds = 0;
    starts.addLast(nowNanos);
    long dropped = starts.getFirst();
    if (starts.size() > Recent.SLOTS) {
      starts.removeFirst();
      window = (nowNanos - starts.getFirst()) / 1e9;
    } else {
      window = (nowNanos - dropped) / 1e9;
    }
    return new Tick(nowNanos, slot++, true, second, window);
  }
}
