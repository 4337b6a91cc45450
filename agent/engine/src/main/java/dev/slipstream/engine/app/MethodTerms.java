package dev.slipstream.engine.app;

import dev.slipstream.config.rules.MethodRule;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @Cached}, or an operator's rule, says of a method.
 *
 * @param ttlMillis how long a result is used, in milliseconds; null for the setting
 * @param namespace the cache that it is in
 * @param tags what it is invalidated by, as templates
 * @param key the key as a template; empty for method and arguments
 */
record MethodTerms(@Nullable Long ttlMillis, String namespace, List<String> tags, String key) {
  private static final String ANNOTATION = "dev.slipstream.api.Cached";

  MethodTerms {
    tags = List.copyOf(tags);
  }

  /** What a rule says. */
  static MethodTerms of(MethodRule rule) {
    Duration ttl = rule.ttl();
    return new MethodTerms(
        ttl == null ? null : ttl.toMillis(), rule.namespace(), rule.tags(), rule.key());
  }

  /**
   * What one of the annotations says, if it is {@code @Cached} of whatever class loader; or null.
   */
  static @Nullable MethodTerms of(Annotation[] annotations) throws ReflectiveOperationException {
    for (Annotation one : annotations) {
      if (one.annotationType().getName().equals(ANNOTATION)) {
        long seconds = (Long) value(one, "ttl");
        Long ttl = seconds == 0 ? null : TimeUnit.SECONDS.toMillis(seconds);
        return new MethodTerms(
            ttl,
            (String) value(one, "namespace"),
            List.of((String[]) value(one, "tags")),
            (String) value(one, "key"));
      }
    }
    return null;
  }

  private static Object value(Annotation annotation, String name)
      throws ReflectiveOperationException {
    return annotation.annotationType().getMethod(name).invoke(annotation);
  }
}
