package dev.slipstream.engine.app;

import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.engine.AgentLog;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The woven methods of classes, each looked up once; held by the class itself. Thread-safe.
 *
 * <p>A resource method of JAX-RS is none: its response is cached, not what it returns.
 */
final class CachedMethods {
  private final AgentLog log;
  private volatile Map<String, List<MethodRule>> rules = Map.of();

  /** The classes that hold their methods; weakly, and under its own lock. */
  private final Set<Class<?>> owners = Collections.newSetFromMap(new WeakHashMap<>());

  private final ClassValue<ConcurrentHashMap<String, Optional<CachedMethod>>> byOwner =
      new ClassValue<>() {
        @Override
        protected ConcurrentHashMap<String, Optional<CachedMethod>> computeValue(Class<?> owner) {
          synchronized (owners) {
            owners.add(owner);
          }
          return new ConcurrentHashMap<>();
        }
      };

  CachedMethods(AgentLog log) {
    this.log = log;
  }

  /**
   * The method, or null where its results are not cached.
   *
   * @param member name and descriptor
   */
  @Nullable CachedMethod find(Class<?> owner, String member) {
    return byOwner.get(owner).computeIfAbsent(member, unused -> look(owner, member)).orElse(null);
  }

  private Optional<CachedMethod> look(Class<?> owner, String member) {
    try {
      Method method = method(owner, member);
      if (method == null || isResource(owner, method)) {
        return Optional.empty();
      }
      MethodTerms terms = terms(owner, member, method);
      return terms == null ? Optional.empty() : Optional.of(new CachedMethod(method, terms));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.warn("the results of " + owner.getName() + "." + member + " are not cached: " + e);
      return Optional.empty();
    }
  }

  /**
   * A rule that names the parameters comes before one that does not, and that before an annotation.
   */
  private @Nullable MethodTerms terms(Class<?> owner, String member, Method method)
      throws ReflectiveOperationException {
    MethodRule found = null;
    for (MethodRule rule : rules.getOrDefault(owner.getName(), List.of())) {
      if (member.startsWith(rule.method().member())
          && (found == null || rule.method().parameters() != null)) {
        found = rule;
      }
    }
    if (found == null) {
      return MethodTerms.of(method.getDeclaredAnnotations());
    }
    return found.enabled() ? MethodTerms.of(found) : null;
  }

  /** Takes other rules from now on. */
  void useRules(List<MethodRule> all) {
    Map<String, List<MethodRule>> byClass = new HashMap<>();
    for (MethodRule rule : all) {
      byClass.computeIfAbsent(rule.method().className(), unused -> new ArrayList<>()).add(rule);
    }
    rules = Map.copyOf(byClass);
    release(); // each is looked up anew
  }

  private static @Nullable Method method(Class<?> owner, String member) {
    for (Method method : owner.getDeclaredMethods()) {
      if (member.startsWith(method.getName()) && member.equals(memberOf(method))) {
        return method;
      }
    }
    return null;
  }

  private static String memberOf(Method method) {
    return method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
  }

  /** Annotations of JAX-RS may be on what the method implements. */
  private static boolean isResource(@Nullable Class<?> type, Method method) {
    if (type == null) {
      return false;
    }
    try {
      Method same = type.getDeclaredMethod(method.getName(), method.getParameterTypes());
      for (Annotation one : same.getDeclaredAnnotations()) {
        String name = one.annotationType().getName();
        if (name.startsWith("jakarta.ws.rs.") || name.startsWith("javax.ws.rs.")) {
          return true;
        }
      }
    } catch (NoSuchMethodException e) {
      // an ancestor may have it
    }
    for (Class<?> implemented : type.getInterfaces()) {
      if (isResource(implemented, method)) {
        return true;
      }
    }
    return isResource(type.getSuperclass(), method);
  }

  /** Takes what they hold from the classes; those in use are looked up anew. */
  void release() {
    synchronized (owners) {
      owners.forEach(byOwner::remove);
      owners.clear();
    }
  }
}
