package dev.slipstream.agent;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.LateEngine;
import dev.slipstream.engine.Registrar;
import java.lang.reflect.Method;
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

  private final ClassValue<Registrar> byApi =
      new ClassValue<>() {
        @Override
        protected Registrar computeValue(Class<?> api) {
          return AdapterClassLoader.jaxRsRegistrar(api, engine);
        }
      };

  JaxRs(LateEngine engine) {
    this.engine = engine;
  }

  /** The class of an implementation whose objects take providers, by internal name. */
  static boolean isHook(String internalName) {
    return switch (internalName) {
      case JERSEY, RESTEASY, CXF -> true;
      default -> false;
    };
  }

  /** Jersey's configuration; its static method makes that of an application. */
  static final String JERSEY = "org/glassfish/jersey/server/ResourceConfig";

  /** RESTEasy's dispatcher, which is made with a factory of providers. */
  static final String RESTEASY = "org/jboss/resteasy/core/SynchronousDispatcher";

  /** CXF's factory of servers, which has a list of providers. */
  static final String CXF = "org/apache/cxf/jaxrs/JAXRSServerFactoryBean";

  /** Those with which was registered, and will be, have an engine while that is so. */
  void serve(Engine serving, BooleanSupplier on) {
    engine.serve(serving, on);
  }

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
