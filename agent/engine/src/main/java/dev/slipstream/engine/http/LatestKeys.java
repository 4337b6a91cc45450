package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were made last, by the requests that they were made of, where these say nothing of
 * who is asking and no rule names request fields: a hit on what is asked for again and again makes
 * no key. Bounded; thread-safe.
 */
final class LatestKeys {
  private static final int KEYS = 2_048;
  private static final int LONGEST_KEY = 512;
  private static final String HOST = "Host"; // what was sent may differ from what it was taken for

  // By the requests. Written and read without care: what is lost is made anew.
  private final @Nullable Made[] keys = new Made[KEYS];

  /** A key, and all that it was made of. */
  private record Made(
      String path,
      @Nullable String query,
      String scheme,
      String host,
      int port,
      @Nullable String sentHost,
      @Nullable CacheRule rule,
      String key) {
    @SuppressWarnings("ReferenceEquality") // an equal rule would do, and takes long to compare
    boolean isOf(
        String path, @Nullable String query, RequestView request, @Nullable CacheRule rule) {
      return rule == this.rule
          && path.equals(this.path)
          && (query == null ? this.query == null : query.equals(this.query))
          && request.serverPort() == port
          && host.equals(request.serverName())
          && Objects.equals(sentHost, request.field(HOST))
          && scheme.equals(request.scheme());
    }
  }

  /** The key of a request; null where it is not known. */
  @Nullable String of(
      String path, @Nullable String query, RequestView request, @Nullable CacheRule rule) {
    Made made = keys[slot(path, query)];
    return made != null && made.isOf(path, query, request, rule) ? made.key : null;
  }

  /** Remembers the key of a request. */
  void made(
      String path,
      @Nullable String query,
      RequestView request,
      @Nullable CacheRule rule,
      String key) {
    if (key.length() <= LONGEST_KEY) {
      keys[slot(path, query)] =
          new Made(
              path,
              query,
              request.scheme(),
              request.serverName(),
              request.serverPort(),
              request.field(HOST),
              rule,
              key);
    }
  }

  private static int slot(String path, @Nullable String query) {
    int hash = 31 * path.hashCode() + (query == null ? 7 : query.hashCode());
    return (hash ^ hash >>> 16) & (KEYS - 1);
  }
}
