package dev.slipstream.console.security;

import java.time.Duration;

/**
 * Slows guessing down: after five wrong tokens of one peer address it has to wait a second, then
 * two, then four, up to a minute. After a hundred within a minute, of whichever addresses, all wait
 * for the minute to end. Thread-safe.
 */
final class LoginThrottle {
  private static final int FREE_FAILURES = 5;
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final int MOST_FAILURES_OF_ALL = 100;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final PeerTable<Failures> peers = new PeerTable<>();
  private long windowBegan;
  private int failuresOfAll;

  LoginThrottle(long nanoTime) {
    this.windowBegan = nanoTime;
  }

  /** For how long a peer has to wait before its next attempt; zero if it need not. */
  synchronized Duration delay(String peer, long nanoTime) {
    long wait = 0;
    Failures failures = peers.find(peer);
    if (failures != null) {
      wait = failures.mayTryAt - nanoTime;
    }
    long left = windowBegan + WINDOW.toNanos() - nanoTime;
    if (failuresOfAll >= MOST_FAILURES_OF_ALL && left > 0) {
      wait = Math.max(wait, left);
    }
    return Duration.ofNanos(Math.max(0, wait));
  }

  synchronized void failed(String peer, long nanoTime) {
    if (nanoTime - windowBegan >= WINDOW.toNanos()) {
      windowBegan = nanoTime;
      failuresOfAll = 0;
    }
    failuresOfAll++;
    Failures failures = peers.of(peer, () -> new Failures(nanoTime));
    if (nanoTime - failures.lastAt > FORGOTTEN.toNanos()) {
      failures.count = 0;
    }
    failures.count++;
    failures.lastAt = nanoTime;
    failures.mayTryAt = nanoTime + waitAfter(failures.count).toNanos();
  }

  synchronized void succeeded(String peer) {
    peers.remove(peer);
  }

  static Duration waitAfter(int failures) {
    if (failures < FREE_FAILURES) {
      return Duration.ZERO;
    }
    Duration wait =
        FIRST_WAIT.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - FREE_FAILURES));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private static final class Failures {
    private int count;
    private long lastAt;
    private long mayTryAt;

    Failures(long nanoTime) {
      this.lastAt = nanoTime;
      this.mayTryAt = nanoTime;
    }
  }
}
