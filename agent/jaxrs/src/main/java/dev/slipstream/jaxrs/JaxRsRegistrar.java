package dev.slipstream.jaxrs;

import dev.slipstream.engine.LateEngine;
import dev.slipstream.engine.Registrar;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Configurable;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    Set<String> callers = callers();
    boolean servlets = callers.stream().anyMatch(JaxRsRegistrar::isServlet);
    boolean caching = servlets || takesInterceptors(configurable, callers);
    List<Object> providers = new ArrayList<>(List.of(new CachingFilter(engine, caching, servlets)));
    if (caching) {
      providers.add(new PurgeFilter(engine));
      providers.add(new ResourceAnswerFilter(engine));
      providers.add(new FinalAnswerFilter(engine));
      providers.add(new BodyInterceptor());
    }
    if (configurable instanceof Configurable<?> registry) {
      if (!registry.getConfiguration().isRegistered(CachingFilter.class)) {
        providers.forEach(provider -> registry.register(provider, contract(provider)));
      }
    } else {
      addTo(configurable, providers);
    }
  }

  private static Map<Class<?>, Integer> contract(Object provider) {
    if (provider instanceof ContainerRequestFilter) {
      return Map.of(ContainerRequestFilter.class, NEXT_TO_THE_RESOURCE);
    }
    if (provider instanceof WriterInterceptor) {
      return Map.of(WriterInterceptor.class, NEXT_TO_THE_CONTAINER);
    }
    boolean first = provider instanceof ResourceAnswerFilter;
    return Map.of(
        ContainerResponseFilter.class, first ? NEXT_TO_THE_RESOURCE : NEXT_TO_THE_CONTAINER);
  }

  private static Set<String> callers() {
    return STACK.walk(
        frames -> frames.map(StackWalker.StackFrame::getClassName).collect(Collectors.toSet()));
  }

  /** Whether that is of a servlet or filter of an implementation, which starts an application. */
  private static boolean isServlet(String className) {
    return className.startsWith("org.glassfish.jersey.servlet.")
        || className.startsWith("org.jboss.resteasy.plugins.server.servlet.");
  }

  /**
   * From RESTEasy 4 on, answers are written by threads that may not block, unless the server is the
   * JDK's or a servlet; an interceptor that is not made for them fails the request.
   */
  private static boolean takesInterceptors(Object configurable, Set<String> callers) {
    Class<?> type = configurable.getClass();
    if (!type.getName().startsWith("org.jboss.resteasy.")) {
      return true;
    }
    try {
      Class<?> unused =
          Class.forName(
              "org.jboss.resteasy.spi.AsyncWriterInterceptor", false, type.getClassLoader());
      return callers.stream()
          .anyMatch(caller -> caller.startsWith("org.jboss.resteasy.plugins.server.sun."));
    } catch (ClassNotFoundException e) {
      return true; // RESTEasy 3
    }
  }

  /** CXF's factory of servers, which reads priorities from annotations. */
  private static void addTo(Object factory, List<Object> providers)
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
}
