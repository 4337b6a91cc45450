package dev.slipstream.engine.http;

import dev.slipstream.config.CacheMode;
import dev.slipstream.config.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The method PURGE: drops what is stored for the request's URL, or makes it stale. It is on where a
 * token is set, and for requests that know it.
 */
public final class Purge {
  private static final String METHOD = "PURGE";
  private static final String TOKEN_FIELD = "X-Purge-Token";
  private static final String SOFT_FIELD = "X-Purge-Soft";
  private static final String ENTRIES_FIELD = "X-Purged-Entries";
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;

  private final HttpCache cache;
  private final byte @Nullable [] token;

  /** What a request is answered with; without a body. */
  public record Answer(int status, Fields fields) {}

  /** Makes what purges a cache with the token of these settings. */
  public Purge(HttpCache cache, Settings settings) {
    this.cache = cache;
    boolean observing = settings.cache().mode() == CacheMode.OBSERVE;
    String configured = observing ? null : settings.http().purgeToken();
    this.token = configured == null ? null : configured.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a request of that method is one: else it is the application's. */
  public boolean isMeant(String method) {
    return token != null && METHOD.equals(method);
  }

  /** Carries it out: 200 with the number of entries, 403 without the token. */
  public Answer answer(RequestView view) {
    String sent = view.field(TOKEN_FIELD);
    if (token == null
        || sent == null
        || !MessageDigest.isEqual(token, sent.getBytes(StandardCharsets.UTF_8))) {
      return new Answer(FORBIDDEN, Fields.of(CacheStatus.FIELD, CacheStatus.detail("purge-token")));
    }
    boolean soft =
        "true".equalsIgnoreCase(view.field(SOFT_FIELD)) || "1".equals(view.field(SOFT_FIELD));
    long entries = cache.purge(view, soft);
    return new Answer(
        OK,
        Fields.of(
            CacheStatus.FIELD,
            CacheStatus.detail(soft ? "made-stale" : "purged"),
            ENTRIES_FIELD,
            Long.toString(entries)));
  }
}
