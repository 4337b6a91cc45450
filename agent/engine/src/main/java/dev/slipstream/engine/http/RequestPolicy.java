package dev.slipstream.engine.http;

import org.jspecify.annotations.Nullable;

/** May a stored response answer this request? (RFC 9111 §4 and §5.2.1) Pure. */
final class RequestPolicy {
  private RequestPolicy() {}

  /** Why the cache takes no part in such a request, or null if it does. */
  static @Nullable Forward bypass(RequestView request) {
    if (!isStorable(request) && !request.method().equals("HEAD")) {
      return Forward.METHOD;
    }
    String upgrade = request.field("Upgrade");
    if (upgrade != null && !upgrade.equalsIgnoreCase("h2c")) { // h2c is a matter of the connection
      return Forward.UPGRADE;
    }
    if (request.bodyHash() == null && hasBody(request)) {
      return Forward.BODY;
    }
    if (request.field("Range") != null) {
      return Forward.RANGE;
    }
    if (request.field("If-Match") != null || request.field("If-Unmodified-Since") != null) {
      return Forward.PRECONDITION;
    }
    return null;
  }

  /** What to do with a request for which {@link #bypass} found no reason. */
  static Decision decide(Lookup lookup, long nowMillis) {
    RequestView request = lookup.request();
    CacheControl wanted = CacheControl.parse(request.all("Cache-Control"));
    boolean store = isStorable(request) && !wanted.has("no-store");

    StoredResponse stored = lookup.stored();
    if (stored == null || (lookup.credentialed() && !stored.explicitlyShared())) {
      return new Decision.Fetch(missing(lookup), store, lookup);
    }
    if (wanted.has("no-cache") || (wanted.isEmpty() && pragmaNoCache(request))) {
      return new Decision.Fetch(Forward.REQUEST, store, lookup);
    }

    long age = stored.ageMillis(nowMillis);
    long remaining = stored.lifetimeMillis() - age;
    if (remaining <= 0) {
      return new Decision.Fetch(Forward.STALE, store, lookup);
    }
    long maxAge = wanted.seconds("max-age");
    long minFresh = wanted.seconds("min-fresh");
    if ((maxAge != CacheControl.ABSENT && age > maxAge * 1000)
        || (minFresh != CacheControl.ABSENT && remaining < minFresh * 1000)) {
      return new Decision.Fetch(Forward.REQUEST, store, lookup);
    }
    boolean notModified = Preconditions.notModified(request, stored, nowMillis);
    return new Decision.Serve(stored, age / 1000, remaining / 1000, notModified);
  }

  private static Forward missing(Lookup lookup) {
    if (lookup.credentialed()) {
      return Forward.CREDENTIALS;
    }
    return lookup.variantMissing() ? Forward.VARY_MISS : Forward.URI_MISS;
  }

  /** GET, and what a rule answers by its body. */
  private static boolean isStorable(RequestView request) {
    return request.method().equals("GET") || request.bodyHash() != null;
  }

  private static boolean hasBody(RequestView request) {
    String length = request.field("Content-Length");
    return request.field("Transfer-Encoding") != null
        || (length != null && !length.strip().equals("0"));
  }

  private static boolean pragmaNoCache(RequestView request) {
    String pragma = request.field("Pragma");
    return pragma != null && pragma.equalsIgnoreCase("no-cache");
  }
}
