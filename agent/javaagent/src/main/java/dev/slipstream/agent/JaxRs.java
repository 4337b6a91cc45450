package dev.slipstream.agent;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.LateEngine;
import dev.slipstream.engine.Registrar;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to JAX-RS applications: where one is being set up, the agent's providers are registered
 * with it.
 *
 * <p>That happens long before the engine is there, so the providers get it late. A registrar is
 * held by the API's own class, and dies with it.
 */
final class JaxRs {
  private final LateEngine engine;

  /** The classes that hold a registrar; weakly, and under its own lock. */
  private final Set<Class<?>> holders = Collections.newSetFromMap(new WeakHashMap<>());

  private final ClassValue<Registrar> byApi =
      new ClassValue<>() {
        @Override
        protected Registrar computeValue(Class<?> api) {
          synchronized (holders) {
            holders.add(api);
          }
          return AdapterClassLoader.jaxRsRegistrar(api, engine);
        }
      };

  JaxRs(Runnable firstRequest) {
    this.engine = new LateEngine(firstRequest);
  }

  /** The engine is there. */
  void serve(Engine made, BooleanSupplier on) {
    engine.serve(made, on);
  }

  /**
   * The agent goes: the providers stay with the applications that have them, and let requests pass.
   */
  void close() {
    engine.end();
    synchronized (holders) {
      holders.forEach(byApi::remove);
      holders.clear();
    }
  }

  /** Jersey's configuration; its static method makes that of an application. */
  static final String JERSEY = "org/glassfish/jersey/server/ResourceConfig";

  /** RESTEasy's dispatcher, which is made with a factory of providers. */
  static final String RESTEASY = "org/jboss/resteasy/core/SynchronousDispatcher";

  /** CXF's factory of servers, which has a list of providers. */
  static final String CXF = "org/apache/cxf/jaxrs/JAXRSServerFactoryBean";

  /** Registers with an application that is being set up. */
  void register(Object configurable) throws ReflectiveOperationException {
    Class<?> api = apiOf(configurable.getClass());
    if (api != null) {
      byApi.get(api).register(configurable);
    }
  }

  private static @Nullable Class<?> apiOf(Class<?> configurable) {
    for (Class<?> type = configurable; type != null; type = type.getSuperclass()) {
      if (isApi(type)) {
        return type;
      }
      for (Class<?> implemented : type.getInterfaces()) {
        if (isApi(implemented)) {
          return implemented;
        }
      }
    }
    for (Class<?> type = configurable; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        for (Class<?> parameter : method.getParameterTypes()) {
          if (isApi(parameter)) {
            return parameter;
          }
        }
      }
    }
    return null;
  }

  private static boolean isApi(Class<?> type) {
    return type.getName().startsWith("jakarta.ws.rs.") || type.getName().startsWith("javax.ws.rs.");
  }
}
