package dev.slipstream.jaxrs;

import dev.slipstream.engine.LateEngine;
import dev.slipstream.engine.Registrar;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Configurable;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * Registers the agent's providers with an application, around all of its own: the request filter
 * and the one response filter next to the resource, the other response filter and the interceptor
 * next to the container.
 */
public final class JaxRsRegistrar implements Registrar {
  /** Of request filters and interceptors the last, of response filters the first. */
  static final int NEXT_TO_THE_RESOURCE = Integer.MAX_VALUE;

  /** Of response filters the last, of interceptors the first. */
  static final int NEXT_TO_THE_CONTAINER = Integer.MIN_VALUE;

  private static final StackWalker STACK = StackWalker.getInstance();

  private final LateEngine engine;

  /** Made by the agent, once for each JAX-RS API in the process. */
  public JaxRsRegistrar(LateEngine engine) {
    this.engine = engine;
  }

  @Override
  public void register(Object configurable) throws ReflectiveOperationException {
    boolean inServlet = isCalledByServlet();
    PurgeFilter purge = new PurgeFilter(engine, inServlet);
    CachingFilter caching = new CachingFilter(engine, inServlet);
    ResourceAnswerFilter answered = new ResourceAnswerFilter(engine);
    FinalAnswerFilter last = new FinalAnswerFilter(engine);
    BodyInterceptor body = new BodyInterceptor();
    if (configurable instanceof Configurable<?> registry) {
      if (registry.getConfiguration().isRegistered(CachingFilter.class)) {
        return;
      }
      registry.register(purge, Map.of(ContainerRequestFilter.class, NEXT_TO_THE_RESOURCE));
      registry.register(caching, Map.of(ContainerRequestFilter.class, NEXT_TO_THE_RESOURCE));
      registry.register(answered, Map.of(ContainerResponseFilter.class, NEXT_TO_THE_RESOURCE));
      registry.register(last, Map.of(ContainerResponseFilter.class, NEXT_TO_THE_CONTAINER));
      registry.register(body, Map.of(WriterInterceptor.class, NEXT_TO_THE_CONTAINER));
    } else {
      addTo(configurable, purge, caching, answered, last, body);
    }
  }

  /** CXF's factory of servers, which reads priorities from annotations. */
  private static void addTo(Object factory, Object... providers)
      throws ReflectiveOperationException {
    Method known = factory.getClass().getMethod("getProviders");
    Method add = factory.getClass().getMethod("setProvider", Object.class);
    if (known.invoke(factory) instanceof Iterable<?> all) {
      for (Object provider : all) {
        if (provider instanceof CachingFilter) {
          return; // created once more
        }
      }
    }
    for (Object provider : providers) {
      add.invoke(factory, provider);
    }
  }

  /** Whether a servlet or filter of the implementation starts the application. */
  private static boolean isCalledByServlet() {
    return STACK.walk(
        frames ->
            frames.anyMatch(
                frame ->
                    frame.getClassName().startsWith("org.glassfish.jersey.servlet.")
                        || frame
                            .getClassName()
                            .startsWith("org.jboss.resteasy.plugins.server.servlet.")));
  }
}
