package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The instant, on a nanosecond ticker, by which something is over.
 *
 * @param nanos the ticker's value then; may have wrapped around
 * @param ticker the time in nanoseconds from any origin
 */
public record Deadline(long nanos, LongSupplier ticker) {
  static Deadline in(Duration duration, LongSupplier ticker) {
    return new Deadline(ticker.getAsLong() + duration.toNanos(), ticker);
  }

  /** The deadline of a first step that leaves half of the time to what follows. */
  Deadline firstHalf() {
    long now = ticker.getAsLong();
    return new Deadline(now + (nanos - now) / 2, ticker);
  }

  /** What is left, in nanoseconds; not positive once it is over. */
  long remainingNanos() {
    return nanos - ticker.getAsLong();
  }

  /**
   * What is left as a socket takes it, in milliseconds rounded up: 0 would wait for ever. Not
   * positive once it is over.
   */
  int remainingMillis() {
    long remaining = remainingNanos();
    if (remaining <= 0) {
      return 0;
    }
    return (int) Math.min(Integer.MAX_VALUE, (remaining + 999_999) / 1_000_000);
  }
}
