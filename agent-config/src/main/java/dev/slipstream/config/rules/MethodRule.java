package dev.slipstream.config.rules;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operator's rule for a method of the application whose results are cached.
 *
 * @param method which method
 * @param ttl how long a result is used; null for the setting {@code cache_default_ttl}
 * @param namespace the cache that the result is in: the first part of its key
 * @param tags what the result is invalidated by, with arguments in braces
 * @param key the key, with arguments in braces; empty for the method and all arguments
 * @param enabled false: the method is not cached, whatever its annotation says
 */
public record MethodRule(
    MethodName method,
    @Nullable Duration ttl,
    String namespace,
    List<String> tags,
    String key,
    boolean enabled) {
  public MethodRule {
    Objects.requireNonNull(method);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(key);
    tags = List.copyOf(tags);
  }
}
