package dev.slipstream.engine.learn;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is asked for. Thread-safe. A request never waits here: what keys are asked for is
 * not noted while another thread notes something, which is the one sample that is taken of
 * requests; their numbers are exact.
 */
final class AccessPattern {
  private static final int MINUTES = 16;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long HALF_LIFE_MILLIS = 10 * MINUTE_MILLIS;
  private static final int LEAST_SAMPLES = 100;

  private final LongAdder requests = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder staleHits = new LongAdder();
  private final LongAdder bypasses = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final TopKeys top = new TopKeys();
  private final SampledKeys sampled = new SampledKeys();
  private final long[] perMinute = new long[MINUTES];
  private long minutes;
  private long minuteBegunAt;
  private long requestsBefore;
  private long halvedAt;

  AccessPattern(long now) {
    this.minuteBegunAt = now;
    this.halvedAt = now;
  }

  /** A request came. */
  void asked(long key, Learning.Asked outcome, long now) {
    requests.increment();
    switch (outcome) {
      case HIT -> hits.increment();
      case STALE_HIT -> {
        hits.increment();
        staleHits.increment();
      }
      case BYPASS -> bypasses.increment();
      case MISS -> {}
    }
    if (key != 0 && lock.tryLock()) {
      try {
        top.add(key);
        if (sampled.isSampled(key)) {
          sampled.add(key, now);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends a minute where one is over. */
  void tick(long now) {
    lock.lock();
    try {
      while (now - minuteBegunAt >= MINUTE_MILLIS) {
        long all = requests.sum();
        perMinute[(int) (minutes++ % MINUTES)] = all - requestsBefore;
        requestsBefore = all;
        minuteBegunAt += MINUTE_MILLIS;
        if (now - minuteBegunAt > MINUTES * MINUTE_MILLIS) {
          minuteBegunAt = now; // the clock jumped
        }
      }
      if (now - halvedAt >= HALF_LIFE_MILLIS) {
        halvedAt = now;
        top.halve();
        sampled.halve();
      }
    } finally {
      lock.unlock();
    }
  }

  long requests() {
    return requests.sum();
  }

  long hits() {
    return hits.sum();
  }

  long staleHits() {
    return staleHits.sum();
  }

  long bypasses() {
    return bypasses.sum();
  }

  /** Hits as a share of what was not passed by; null before the first. */
  @Nullable Double hitShare() {
    long asked = requests() - bypasses();
    return asked <= 0 ? null : (double) hits() / asked;
  }

  /** Requests in a second, over the last five whole minutes; null before the first. */
  @Nullable Double perSecond() {
    lock.lock();
    try {
      int some = (int) Math.min(5, minutes);
      return some == 0 ? null : sum(0, some) / (some * 60.0);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The rate of the last five minutes over that of the ten before; null where one of the two has
   * fewer than 100 requests.
   */
  @Nullable Double trend() {
    lock.lock();
    try {
      if (minutes < 15) {
        return null;
      }
      double now = sum(0, 5);
      double before = sum(5, 15);
      return now < LEAST_SAMPLES || before < LEAST_SAMPLES ? null : (now / 5) / (before / 10);
    } finally {
      lock.unlock();
    }
  }

  private double sum(int from, int to) {
    double sum = 0;
    for (int ago = from; ago < to; ago++) {
      sum += perMinute[(int) ((minutes - 1 - ago) % MINUTES)];
    }
    return sum;
  }

  /** See {@link TopKeys#topShare}. */
  @Nullable Double topShare() {
    lock.lock();
    try {
      return top.topShare();
    } finally {
      lock.unlock();
    }
  }

  /** See {@link TopKeys#zipf}. */
  @Nullable Double zipf() {
    lock.lock();
    try {
      return top.zipf();
    } finally {
      lock.unlock();
    }
  }

  /** The share of requests for what was asked for within a minute; null where thin. */
  @Nullable Double repeatShare() {
    lock.lock();
    try {
      return sampled.requests() < LEAST_SAMPLES ? null : sampled.repeatShare();
    } finally {
      lock.unlock();
    }
  }

  /** The share of requests that would be hits with a lifetime, as replayed; null where thin. */
  @Nullable Double hitShareWith(double ttlMillis) {
    lock.lock();
    try {
      return sampled.requests() < LEAST_SAMPLES ? null : sampled.hitShare(ttlMillis);
    } finally {
      lock.unlock();
    }
  }

  /** Requests that the two above are based on. */
  double sampledRequests() {
    lock.lock();
    try {
      return sampled.requests();
    } finally {
      lock.unlock();
    }
  }
}
