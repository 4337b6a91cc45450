package com.example.cached;

import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** {@link CachedResource} on the JDK's server with Jersey, or in Undertow's servlet with RESTEasy. */
public final class CachedRestMain {
  private CachedRestMain() {}

  /** What is served. */
  public static final class Served extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Set.of(CachedResource.class);
    }
  }

  public static void main(String[] arguments) throws Exception {
    System.out.println("PORT=" + (arguments[0].equals("jersey") ? jersey() : undertow()));
    while (System.in.read() >= 0) {
      // The test sends nothing.
    }
    System.exit(0);
  }

  private static int jersey() throws Exception {
    Class<?> config = Class.forName("org.glassfish.jersey.server.ResourceConfig");
    Object server =
        Class.forName("org.glassfish.jersey.jdkhttp.JdkHttpServerFactory")
            .getMethod("createHttpServer", URI.class, config)
            .invoke(
                null,
                URI.create("http://127.0.0.1:0/"),
                config.getMethod("forApplication", Application.class).invoke(null, new Served()));
    return ((com.sun.net.httpserver.HttpServer) server).getAddress().getPort();
  }

  private static int undertow() throws Exception {
    Object server =
        Class.forName("org.jboss.resteasy.plugins.server.undertow.UndertowJaxrsServer")
            .getConstructor()
            .newInstance();
    Object builder = Class.forName("io.undertow.Undertow").getMethod("builder").invoke(null);
    call(builder, "addHttpListener", 0, "127.0.0.1");
    call(server, "start", builder);
    call(server, "deploy", new Served());
    Field undertow = server.getClass().getDeclaredField("server");
    undertow.setAccessible(true);
    List<?> listeners = (List<?>) call(undertow.get(server), "getListenerInfo");
    return ((InetSocketAddress) call(listeners.get(0), "getAddress")).getPort();
  }

  private static Object call(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && takes(method, arguments)) {
        method.setAccessible(true);
        return method.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(target.getClass() + "." + name);
  }

  private static boolean takes(Method method, Object... arguments) throws IOException {
    Class<?>[] types = method.getParameterTypes();
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      boolean fits =
          types[i] == int.class ? arguments[i] instanceof Integer : types[i].isInstance(arguments[i]);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
