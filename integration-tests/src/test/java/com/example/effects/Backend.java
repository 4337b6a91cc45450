package com.example.effects;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a gateway asks: it answers so many at once, and takes its time for each. */
final class Backend {
  private final Semaphore places;
  private volatile long millis;
  private volatile boolean failing;

  Backend(int atOnce, long millis) {
    this.places = new Semaphore(atOnce, true);
    this.millis = millis;
  }

  /** Takes so long from now on, and fails then, or not. */
  void become(long millis, boolean failing) {
    this.millis = millis;
    this.failing = failing;
  }

  void call() throws IOException {
    places.acquireUninterruptibly();
    try {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    } finally {
      places.release();
    }
    if (failing) {
      throw new IOException("the backend fails");
    }
  }
}
