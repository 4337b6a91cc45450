package dev.slipstream.jaxrs;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.app.ResponseTerms;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the resource methods of one application say of the caching of their responses. Thread-safe.
 *
 * <p>The annotation is looked for on the method that was matched and on what it implements.
 */
final class AnnotatedMethods {
  /** As many as the application has. */
  private final Map<Method, Optional<CacheRule>> byMethod = new ConcurrentHashMap<>();

  /** What the method that a request was matched with says; null for nothing. */
  @Nullable CacheRule of(@Nullable ResourceInfo resource) {
    Method method = resource == null ? null : resource.getResourceMethod();
    return method == null
        ? null
        : byMethod
            .computeIfAbsent(method, same -> look(same.getDeclaringClass(), same))
            .orElse(null);
  }

  private static Optional<CacheRule> look(@Nullable Class<?> type, Method method) {
    if (type == null) {
      return Optional.empty();
    }
    try {
      CacheRule rule =
          ResponseTerms.of(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
      if (rule != null) {
        return Optional.of(rule);
      }
    } catch (ReflectiveOperationException e) {
      // an ancestor may have it
    }
    for (Class<?> implemented : type.getInterfaces()) {
      Optional<CacheRule> rule = look(implemented, method);
      if (rule.isPresent()) {
        return rule;
      }
    }
    return look(type.getSuperclass(), method);
  }
}
