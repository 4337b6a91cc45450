package dev.slipstream.engine.app;

import dev.slipstream.config.rules.CacheRule;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@code @Cached} on a resource method says of its responses. */
public final class ResponseTerms {
  private ResponseTerms() {}

  /** The same as a rule; null where the method does not have the annotation. */
  public static @Nullable CacheRule of(Method method) throws ReflectiveOperationException {
    MethodTerms terms = MethodTerms.of(method.getDeclaredAnnotations());
    if (terms == null) {
      return null;
    }
    Long ttl = terms.ttlMillis();
    return CacheRule.ofMethod(
        CachedMethod.describe(method), ttl == null ? null : Duration.ofMillis(ttl), terms.tags());
  }
}
