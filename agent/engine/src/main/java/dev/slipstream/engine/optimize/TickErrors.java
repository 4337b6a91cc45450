package dev.slipstream.engine.optimize;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the optimizer's ticks: none of them throws, and after {@value #MOST} that failed within
 * {@value #WINDOW_SECONDS} s the optimizer is stopped, once, before its errors turn the whole agent
 * off. Its {@link #run} is for one thread.
 */
final class TickErrors {
  static final int MOST = 10;
  static final int WINDOW_SECONDS = 60;

  private static final long WINDOW_NANOS = WINDOW_SECONDS * 1_000_000_000L;

  private final BiConsumer<String, Throwable> errors;
  private final Consumer<String> stop;
  private final LongSupplier nanoTicker;
  private final long[] latest = new long[MOST]; // a ring; made now, since memory may be short then
  private int failed;
  private volatile @Nullable String stopped;

  /**
   * Makes one.
   *
   * @param errors is told of each error until the stop
   * @param stop takes why
   */
  TickErrors(BiConsumer<String, Throwable> errors, Consumer<String> stop, LongSupplier nanoTicker) {
    this.errors = errors;
    this.stop = stop;
    this.nanoTicker = nanoTicker;
  }

  /** Runs a tick, whatever it throws: a scheduled task that throws never runs again. */
  void run(String what, Runnable tick) {
    try {
      tick.run();
    } catch (Throwable t) {
      try {
        failed(what, t);
      } catch (Throwable unheard) {
        // such as no memory for the message: the next tick matters more
      }
    }
  }

  private void failed(String what, Throwable error) {
    if (stopped != null) {
      return;
    }
    long now = nanoTicker.getAsLong();
    latest[failed++ % MOST] = now;
    if (failed >= MOST && now - latest[failed % MOST] <= WINDOW_NANOS) {
      String why =
          String.format(
              Locale.ROOT,
              "%d errors of its own within %d s, the last: %s",
              MOST,
              WINDOW_SECONDS,
              error);
      stopped = why;
      stop.accept(why);
    }
    errors.accept(what, error);
  }

  /** Why the optimizer was stopped; null while it runs. */
  @Nullable String stopped() {
    return stopped;
  }
}
