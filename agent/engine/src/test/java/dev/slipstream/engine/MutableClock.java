package dev.slipstream.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only a test moves; it serves as a nanosecond ticker too. */
public final class MutableClock implements InstantSource {
  /** Where every clock begins. */
  public static final long START_MILLIS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private final AtomicLong nanosSinceStart = new AtomicLong();

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(START_MILLIS).plusNanos(nanosSinceStart.get());
  }

  /** The time in nanoseconds from some origin, which may be negative. */
  public long nanos() {
    return Long.MIN_VALUE / 2 + nanosSinceStart.get();
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    nanosSinceStart.addAndGet(time.toNanos());
  }

  /** Lets seconds pass. */
  public void advanceSeconds(long seconds) {
    advance(Duration.ofSeconds(seconds));
  }
}
