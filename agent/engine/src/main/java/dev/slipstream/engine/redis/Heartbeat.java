package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The thread that tells once a second that this gateway is there, and looks who else is. */
final class Heartbeat implements Runnable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Announcer announcer;
  private final Listening listening;
  private final LongSupplier nanoTicker;
  private final CountDownLatch closed;

  Heartbeat(
      Announcer announcer, Listening listening, LongSupplier nanoTicker, CountDownLatch closed) {
    this.announcer = announcer;
    this.listening = listening;
    this.nanoTicker = nanoTicker;
    this.closed = closed;
  }

  @Override
  public void run() {
    try {
      do {
        beat();
      } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the tier is closed
    }
  }

  private void beat() {
    try {
      listening.compare(announcer.heartbeat(), nanoTicker.getAsLong());
    } catch (RuntimeException | LinkageError e) {
      return; // then it does not hear itself, either
    }
  }
}
