package dev.slipstream.console.security;

import java.time.Duration;

/**
 * Slows guessing down: after five wrong tokens of one peer address it has to wait a second, then
 * two, then four, up to a minute. Other addresses are left alone: a token has 256 bits and is not
 * guessed, and a wait of all would let a few addresses keep everybody out. Thread-safe.
 */
final class LoginThrottle {
  private static final int FREE_FAILURES = 5;
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final PeerTable<Failures> peers = new PeerTable<>();

  /** For how long a peer has to wait before its next attempt; zero if it need not. */
  synchronized Duration delay(String peer, long nanoTime) {
    Failures failures = peers.find(peer);
    return failures == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, failures.mayTryAt - nanoTime));
  }

  synchronized void failed(String peer, long nanoTime) {
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
