package dev.slipstream.engine.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which stale answers are being refreshed in the background, each once at a time, and which cannot
 * be: the application used what only a client's own request has. Thread-safe.
 */
public final class Refreshes {
  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Cache<String, Boolean> unfaithful;

  Refreshes(InstantSource clock) {
    this.unfaithful =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /** Begins a refresh, which has to {@linkplain #end end}; false while one is under way. */
  public boolean begin(Decision.Fetch fetch) {
    return underWay.add(fetch.lookup().foundUnder());
  }

  /** Ends a refresh, whatever came of it. */
  public void end(Decision.Fetch fetch) {
    underWay.remove(fetch.lookup().foundUnder());
  }

  /** Remembers for a while that there can be no refresh: the next request has to do it. */
  public void unfaithful(Decision.Fetch fetch) {
    unfaithful.put(fetch.lookup().foundUnder(), true);
  }

  /** Whether that is remembered. */
  public boolean isUnfaithful(Decision.Fetch fetch) {
    return unfaithful.getIfPresent(fetch.lookup().foundUnder()) != null;
  }
}
