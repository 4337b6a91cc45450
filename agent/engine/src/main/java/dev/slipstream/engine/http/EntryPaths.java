package dev.slipstream.engine.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipstream.engine.profile.EndpointPath;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The endpoints whose answers cannot be kept as they leave the web application, though a rule says
 * {@code serve_at: entry}: a filter has set a cookie, or looked at who is asking. Their answers are
 * kept as they leave the servlet, for a while. And when this begins at all. Bounded; thread-safe.
 */
final class EntryPaths {
  private static final int MOST_ENDPOINTS = 500;
  private static final Duration MOMENT = Duration.ofSeconds(2);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Cache<String, Boolean> left;

  /** Whether there may be any: nearly always there is none. */
  private volatile boolean any;

  /** When it begins; 0 once it has. */
  private volatile long beginsAtMillis;

  EntryPaths(InstantSource clock) {
    this.clock = clock;
    this.left =
        Caffeine.newBuilder()
            .maximumSize(MOST_ENDPOINTS)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * Has requests be answered there from in a moment on. One that is between two filters now would
   * look as if it entered only there.
   */
  void beginLater() {
    beginsAtMillis = clock.millis() + MOMENT.toMillis();
  }

  boolean haveBegun() {
    if (beginsAtMillis == 0) {
      return true;
    }
    if (clock.millis() < beginsAtMillis) {
      return false;
    }
    beginsAtMillis = 0;
    return true;
  }

  void leave(String path) {
    left.put(EndpointPath.of(path), true);
    any = true;
  }

  boolean areLeft(String path) {
    return any && left.getIfPresent(EndpointPath.of(path)) != null;
  }
}
