package dev.slipstream.engine.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The URLs that unsafe requests have changed lately, so that what was made before is neither stored
 * after it nor taken from L2, where it may live on for a moment. Thread-safe.
 *
 * <p>A URL is remembered for longer than an answer usually takes to be made and written, and the
 * latest {@value #MOST_URLS} of them at most.
 */
final class RecentChanges {
  private static final int MOST_URLS = 10_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  private final Cache<String, Long> changedAtMillis;
  private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);

  RecentChanges(InstantSource clock) {
    this.changedAtMillis =
        Caffeine.newBuilder()
            .maximumSize(MOST_URLS)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /** Notes a change. */
  void changed(String url, long nowMillis) {
    changedAtMillis.put(url, nowMillis);
    latestMillis.accumulateAndGet(nowMillis, Math::max);
  }

  /** Whether what was begun then took so long that changes since may have been forgotten. */
  boolean forgottenSince(long millis, long nowMillis) {
    return nowMillis - millis >= REMEMBERED.toMillis() && latestMillis.get() >= millis;
  }

  /** Whether the URL of a key has changed at that time or later. */
  boolean since(String key, long millis) {
    if (changedAtMillis.estimatedSize() == 0) {
      return false;
    }
    Long changed = changedAtMillis.getIfPresent(CacheKeys.urlOf(key));
    return changed != null && changed >= millis;
  }
}
