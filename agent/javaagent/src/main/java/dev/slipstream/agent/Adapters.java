package dev.slipstream.agent;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.EntryPoint;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The adapters, one for each server API in the process.
 *
 * <p>An adapter is held by the API's own class, what a woven class leads to by that class: it dies
 * with them, and a web application that was undeployed leaves nothing behind.
 */
final class Adapters {
  private final Engine engine;

  /** The classes that hold an adapter; weakly, and under its own lock. */
  private final Set<Class<?>> holders = Collections.newSetFromMap(new WeakHashMap<>());

  private volatile boolean closed;

  private final ClassValue<Adapter> byApi =
      new ClassValue<>() {
        @Override
        protected Adapter computeValue(Class<?> api) {
          holds(api);
          return AdapterClassLoader.servletAdapter(api, engine);
        }
      };

  private final ClassValue<EntryPoint> byTarget =
      new ClassValue<>() {
        @Override
        protected EntryPoint computeValue(Class<?> target) {
          holds(target);
          Class<?> request = requestType(target);
          return request == null ? call -> null : byApi.get(request).entryPoint(target);
        }
      };

  Adapters(Engine engine) {
    this.engine = engine;
  }

  EntryPoint of(Class<?> target) {
    EntryPoint entryPoint = byTarget.get(target);
    if (closed) {
      release(); // this may have come after the other release
    }
    return entryPoint;
  }

  private void holds(Class<?> holder) {
    synchronized (holders) {
      holders.add(holder);
    }
  }

  /** Takes every adapter from the classes that hold it: they outlive the agent. */
  void close() {
    closed = true;
    release();
  }

  private void release() {
    synchronized (holders) {
      for (Class<?> holder : holders) {
        byTarget.remove(holder);
        byApi.remove(holder);
      }
      holders.clear();
    }
  }

  /** The {@code ServletRequest} that a woven class was compiled with; null where there is none. */
  private static @Nullable Class<?> requestType(Class<?> target) {
    for (Class<?> type = target; type != null; type = type.getSuperclass()) {
      Class<?> api = apiAmong(type.getInterfaces());
      if (api != null) {
        return inMethodsOf(api);
      }
    }
    for (Class<?> type = target; type != null; type = type.getSuperclass()) {
      Class<?> request = inMethodsOf(type);
      if (request != null) {
        return request;
      }
    }
    return null;
  }

  private static @Nullable Class<?> apiAmong(Class<?>[] interfaces) {
    for (Class<?> type : interfaces) {
      Class<?> api = EntryPointTransformer.isApi(type) ? type : apiAmong(type.getInterfaces());
      if (api != null) {
        return api;
      }
    }
    return null;
  }

  private static @Nullable Class<?> inMethodsOf(Class<?> type) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        for (Class<?> parameter : method.getParameterTypes()) {
          Class<?> request = asRequest(parameter);
          if (request != null) {
            return request;
          }
        }
      }
      return null;
    } catch (LinkageError e) {
      return null; // a method of it has types that are not there: it is none of ours
    }
  }

  private static @Nullable Class<?> asRequest(Class<?> type) {
    switch (type.getName()) {
      case "jakarta.servlet.ServletRequest", "javax.servlet.ServletRequest" -> {
        return type;
      }
      case "jakarta.servlet.http.HttpServletRequest", "javax.servlet.http.HttpServletRequest" -> {
        return type.getInterfaces()[0];
      }
      default -> {
        return null;
      }
    }
  }
}
