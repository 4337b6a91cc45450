package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that makes stored responses invalid once it has succeeded: those of its URL and of the
 * URLs that its answer names (RFC 9111 §4.4), and those of the rules it is listed in.
 */
public final class UnsafeRequest {
  /** Methods that change nothing (RFC 9110 §9.2.1, RFC 4918, RFC 3253, RFC 5323). */
  private static final Set<String> SAFE =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "SEARCH", "QUERY");

  private final HttpCache cache;
  private final RequestView request;
  private final boolean itself;
  private final List<CacheRule> rules;

  /**
   * Notes what a request would change; the view is used once more, while the request is still
   * dispatched.
   *
   * @param itself whether its own URL is changed, too
   * @param rules the rules whose entries are
   */
  UnsafeRequest(HttpCache cache, RequestView request, boolean itself, List<CacheRule> rules) {
    this.cache = cache;
    this.request = request;
    this.itself = itself;
    this.rules = rules;
  }

  static boolean isUnsafe(String method) {
    return !SAFE.contains(method);
  }

  /** The application has answered; an error changes nothing. */
  public void answered(int status, @Nullable String location, @Nullable String contentLocation) {
    if (status < 200 || status >= 400) {
      return;
    }
    if (!rules.isEmpty()) {
      cache.invalidate(rules);
    }
    if (itself) {
      cache.invalidate(request, request.path(), request.query());
      invalidate(location);
      invalidate(contentLocation);
    }
  }

  /** Only URLs of the same origin: of others this answer has nothing to say. */
  private void invalidate(@Nullable String reference) {
    if (reference == null) {
      return;
    }
    try {
      URI base =
          new URI(
              request.scheme()
                  + "://"
                  + request.serverName()
                  + ':'
                  + request.serverPort()
                  + request.path());
      URI url = base.resolve(new URI(reference.strip()));
      String path = url.getRawPath();
      if (isSameOrigin(base, url) && path != null && !path.isEmpty()) {
        cache.invalidate(request, path, url.getRawQuery());
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      return; // no URL that anything could be stored under
    }
  }

  private static boolean isSameOrigin(URI base, URI url) {
    return base.getScheme().equalsIgnoreCase(url.getScheme())
        && base.getHost() != null
        && base.getHost().equalsIgnoreCase(url.getHost())
        && port(base) == port(url);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }
}
