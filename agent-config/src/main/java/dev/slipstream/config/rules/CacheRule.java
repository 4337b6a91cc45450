package dev.slipstream.config.rules;

import dev.slipstream.config.NamePatterns;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operator's rule: which requests it is for and how their responses are cached.
 *
 * @param name unique in its file
 * @param pattern the paths
 * @param methods the methods, of GET, HEAD and POST
 * @param ttl the freshness lifetime; null for the setting {@code cache_default_ttl}
 * @param statuses the response statuses the rule is for
 * @param varyHeaders request fields that choose the variant, whatever the response's Vary says
 * @param cachePost whether POST is cached, with the body in the key
 * @param cacheAuthenticated whether requests with credentials are cached, each identity apart
 * @param ignoreCredentials whether credentials do not matter: one answer for everyone
 * @param neverStale whether a stale answer is never served, not even while the backend is down
 * @param invalidateOn requests that make all that the rule has cached invalid
 * @param tags tags of each entry, to invalidate by
 * @param origin whose freshness lifetime counts
 * @param ignoreQuery query parameters that are not part of the key
 * @param harmlessCookies cookies that are no credentials here, beside those of the settings
 * @param maxBodyBytes the largest body captured, in bytes; null for the setting {@code max_body}
 * @param enabled false: the rule is skipped
 */
public record CacheRule(
    String name,
    PathPattern pattern,
    List<String> methods,
    @Nullable Duration ttl,
    List<Integer> statuses,
    List<String> varyHeaders,
    boolean cachePost,
    boolean cacheAuthenticated,
    boolean ignoreCredentials,
    boolean neverStale,
    List<InvalidationTrigger> invalidateOn,
    List<String> tags,
    OriginPolicy origin,
    NamePatterns ignoreQuery,
    NamePatterns harmlessCookies,
    @Nullable Integer maxBodyBytes,
    boolean enabled) {

  public CacheRule {
    Objects.requireNonNull(pattern);
    Objects.requireNonNull(origin);
    Objects.requireNonNull(ignoreQuery);
    Objects.requireNonNull(harmlessCookies);
    methods = List.copyOf(methods);
    statuses = List.copyOf(statuses);
    varyHeaders = List.copyOf(varyHeaders);
    invalidateOn = List.copyOf(invalidateOn);
    tags = List.copyOf(tags);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a rule has a name");
    }
    if (methods.isEmpty() || statuses.isEmpty()) {
      throw new IllegalArgumentException("a rule is for some method and some status");
    }
    if (methods.contains("POST") != cachePost) {
      throw new IllegalArgumentException("POST and cachePost go together");
    }
    if (cacheAuthenticated && ignoreCredentials) {
      throw new IllegalArgumentException("credentials either matter or do not");
    }
  }

  /** Returns whether the rule is for such a request; allocates nothing. */
  boolean matches(String method, String path) {
    return methods.contains(method) && pattern.matches(path);
  }

  /** Returns whether the rule is for a response of that status; allocates nothing. */
  public boolean coversStatus(int status) {
    for (int i = 0; i < statuses.size(); i++) {
      if (statuses.get(i) == status) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether such a request, once it succeeded, makes this rule's entries invalid. */
  boolean isInvalidatedBy(String method, String path) {
    for (int i = 0; i < invalidateOn.size(); i++) {
      if (invalidateOn.get(i).matches(method, path)) {
        return true;
      }
    }
    return false;
  }
}
