package dev.slipstream.console.security;

import java.time.Duration;

/**
 * How many requests one peer address may send: a bucket that fills at a rate and holds some seconds
 * of it. Thread-safe.
 */
public final class RateLimit {
  private static final int SECONDS_HELD = 5;
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final double perSecond;
  private final PeerTable<Bucket> buckets = new PeerTable<>();

  /** A limit of so many requests a second. */
  public RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * Takes a request in.
   *
   * @return zero, or for how long the peer has to wait
   */
  synchronized Duration take(String peer, long nanoTime) {
    double most = perSecond * SECONDS_HELD;
    Bucket bucket = buckets.of(peer, () -> new Bucket(most, nanoTime));
    double filled = (nanoTime - bucket.nanoTime) / NANOS_PER_SECOND * perSecond;
    bucket.requests = Math.min(most, bucket.requests + filled);
    bucket.nanoTime = nanoTime;
    if (bucket.requests < 1) {
      return Duration.ofNanos((long) ((1 - bucket.requests) / perSecond * NANOS_PER_SECOND));
    }
    bucket.requests -= 1;
    return Duration.ZERO;
  }

  private static final class Bucket {
    private double requests;
    private long nanoTime;

    Bucket(double requests, long nanoTime) {
      this.requests = requests;
      this.nanoTime = nanoTime;
    }
  }
}
