package dev.slipstream.agent;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of the adapters to one server API.
 *
 * <p>It defines the adapters itself, has the engine from the agent's loader, and everything else
 * from the loader of the API. The adapters are written against {@code jakarta}; for a {@code javax}
 * API they are remapped on the way.
 */
final class AdapterClassLoader extends ClassLoader {
  private static final String ADAPTERS = "dev.slipstream.servlet.";
  private static final String OURS = "dev.slipstream.";
  private static final String FOLDER = "adapters/";

  static {
    registerAsParallelCapable();
  }

  private static final ProtectionDomain DOMAIN = AdapterClassLoader.class.getProtectionDomain();

  private final ClassLoader agent;
  private final boolean javax;

  private AdapterClassLoader(ClassLoader api, boolean javax) {
    super("slipstream-adapters", api);
    this.agent = AdapterClassLoader.class.getClassLoader();
    this.javax = javax;
  }

  /** Makes the adapter to the Servlet API that a class is of. */
  static Adapter servletAdapter(Class<?> api, Engine engine) {
    boolean javax = api.getName().startsWith("javax.");
    ClassLoader loader = new AdapterClassLoader(api.getClassLoader(), javax);
    try {
      return (Adapter)
          loader
              .loadClass(ADAPTERS + "ServletAdapter")
              .getConstructor(Engine.class)
              .newInstance(engine);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no adapter for " + api + " of " + api.getClassLoader(), e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(ADAPTERS)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
    return name.startsWith(OURS) ? agent.loadClass(name) : super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = Privileged.run(() -> read(FOLDER + name.replace('.', '/') + ".class"));
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] fitting = javax ? JavaxRemapping.apply(bytes) : bytes;
    return defineClass(name, fitting, 0, fitting.length, DOMAIN);
  }

  private byte @Nullable [] read(String file) {
    try (InputStream in = agent.getResourceAsStream(file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
