package dev.slipstream.agent;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.LateEngine;
import dev.slipstream.engine.Registrar;
import java.io.IOException;
import java.io.InputStream;

/**
 * The class loader of the adapters to one server API.
 *
 * <p>It defines the adapters itself, has the engine from the agent's loader, and everything else
 * from the loader of the API. The adapters are written against {@code jakarta}; for a {@code javax}
 * API they are remapped on the way.
 */
final class AdapterClassLoader extends ClassLoader {
  private static final String SERVLET = "dev.slipstream.servlet.";
  private static final String JAX_RS = "dev.slipstream.jaxrs.";
  private static final String OURS = "dev.slipstream.";
  private static final String FOLDER = "adapters/";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader agent;
  private final String adapters;
  private final boolean javax;

  private AdapterClassLoader(Class<?> api, String adapters) {
    super("slipstream-adapters", api.getClassLoader());
    this.agent = AdapterClassLoader.class.getClassLoader();
    this.adapters = adapters;
    this.javax = api.getName().startsWith("javax.");
  }

  /** Makes the adapter to the Servlet API that a class is of. */
  static Adapter servletAdapter(Class<?> api, Engine engine) {
    return (Adapter) make(api, SERVLET, "ServletAdapter", Engine.class, engine);
  }

  /** Makes what registers with applications of the JAX-RS API that a class is of. */
  static Registrar jaxRsRegistrar(Class<?> api, LateEngine engine) {
    return (Registrar) make(api, JAX_RS, "JaxRsRegistrar", LateEngine.class, engine);
  }

  private static Object make(
      Class<?> api, String adapters, String name, Class<?> parameter, Object argument) {
    try {
      return new AdapterClassLoader(api, adapters)
          .loadClass(adapters + name)
          .getConstructor(parameter)
          .newInstance(argument);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no adapter for " + api + " of " + api.getClassLoader(), e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(adapters)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
    return name.startsWith(OURS) ? agent.loadClass(name) : super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String file = FOLDER + name.replace('.', '/') + ".class";
    try (InputStream in = agent.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] fitting = javax ? JavaxRemapping.apply(bytes) : bytes;
      // The agent's domain, which holds no class loader: threads made beneath us inherit it.
      return defineClass(
          name, fitting, 0, fitting.length, AdapterClassLoader.class.getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
