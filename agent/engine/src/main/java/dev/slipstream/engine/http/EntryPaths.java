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
 * kept as they leave the servlet, for a while. Bounded; thread-safe.
 */
final class EntryPaths {
  private static final int MOST_ENDPOINTS = 500;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Cache<String, Boolean> left;

  /** Whether there may be any: nearly always there is none. */
  private volatile boolean any;

  EntryPaths(InstantSource clock) {
    this.left =
        Caffeine.newBuilder()
            .maximumSize(MOST_ENDPOINTS)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  void leave(String path) {
    left.put(EndpointPath.of(path), true);
    any = true;
  }

  boolean areLeft(String path) {
    return any && left.getIfPresent(EndpointPath.of(path)) != null;
  }
}
