package dev.slipstream.engine.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.admit.TurnedAway;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Misses of one answer at the same time: one request goes on to the application, the others wait
 * for what it stores. Thread-safe.
 *
 * <p>They wait for a bounded time, and a bounded number of them in all. An answer that is not
 * stored releases them at once, each to ask for its own, and is remembered for a while: whoever
 * comes then does not wait (hit-for-miss).
 */
final class Flights {
  private static final int MOST_REMEMBERED = 10_000;
  private static final long PATIENCE_MILLIS = 200;

  private final ConcurrentHashMap<String, Flight> underWay = new ConcurrentHashMap<>();
  private final Cache<String, Boolean> notStored;
  private final Semaphore places;
  private final long longestWaitMillis;
  private final InstantSource clock;

  Flights(Settings.Http settings, InstantSource clock) {
    this.clock = clock;
    this.longestWaitMillis = settings.coalescingWait().toMillis();
    this.places = new Semaphore(settings.coalescingWaiters());
    this.notStored =
        Caffeine.newBuilder()
            .maximumSize(settings.hitForMiss().isZero() ? 0 : MOST_REMEMBERED)
            .expireAfterWrite(settings.hitForMiss())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * What a request for an answer does.
   *
   * @param flight the answer under way; null where the request goes on by itself
   * @param leads whether the request is the one that goes on, and has to {@linkplain Flight#land
   *     land}; else it may {@linkplain Flight#await wait}
   */
  record Boarding(@Nullable Flight flight, boolean leads) {
    static final Boarding ALONE = new Boarding(null, false);
  }

  /** Joins the requests for an answer. */
  Boarding board(String key) {
    if (longestWaitMillis == 0 || notStored.getIfPresent(key) != null) {
      return Boarding.ALONE;
    }
    Flight mine = new Flight(key, clock.millis());
    Flight other = underWay.putIfAbsent(key, mine);
    if (other == null) {
      return new Boarding(mine, true);
    }
    // Landed meanwhile, it makes room too.
    Flight boarded =
        underWay.compute(
            key, (same, now) -> now == null || now.isLost(mine.begunAtMillis) ? mine : now);
    return new Boarding(boarded, boarded == mine);
  }

  /** Requests under way that others could wait for. */
  int size() {
    return underWay.size();
  }

  /** One answer under way. */
  final class Flight {
    private final String key;
    private final long begunAtMillis;
    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile boolean stored;
    private volatile @Nullable TurnedAway turnedAway;

    private Flight(String key, long begunAtMillis) {
      this.key = key;
      this.begunAtMillis = begunAtMillis;
    }

    /** Whether it has taken longer than anybody waits: it may never land. */
    private boolean isLost(long nowMillis) {
      return nowMillis - begunAtMillis >= longestWaitMillis;
    }

    /**
     * Waits for the answer. Returns whether it was stored.
     *
     * @param patience whether it is still right to wait
     */
    boolean await(BooleanSupplier patience) {
      if (!places.tryAcquire()) {
        return false;
      }
      try {
        long left = longestWaitMillis;
        while (left > 0 && patience.getAsBoolean()) {
          long slice = Math.min(left, PATIENCE_MILLIS);
          if (landed.await(slice, TimeUnit.MILLISECONDS)) {
            return stored;
          }
          left -= slice;
        }
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        places.release();
      }
    }

    /** Why the request that went on was turned away; null where it was not. */
    @Nullable TurnedAway turnedAway() {
      return turnedAway;
    }

    /** The request that went on was turned away, which says nothing of its answer. */
    void turnAway(TurnedAway reason) {
      if (underWay.remove(key, this) || landed.getCount() > 0) {
        turnedAway = reason;
        landed.countDown();
      }
    }

    /** The answer was stored, or will not be; the first call counts. */
    void land(boolean isStored) {
      if (!underWay.remove(key, this) && landed.getCount() == 0) {
        return;
      }
      if (isStored) {
        notStored.invalidate(key);
      } else {
        notStored.put(key, true);
      }
      stored = isStored;
      landed.countDown();
    }
  }
}
