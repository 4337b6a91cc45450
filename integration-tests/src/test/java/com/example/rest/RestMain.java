package com.example.rest;

import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts the application on a server of an implementation's own. By reflection, since no two of
 * them are on the same class path.
 */
public final class RestMain {
  private static final URI ANY_PORT = URI.create("http://127.0.0.1:0/");

  private RestMain() {}

  /** Takes the name of the server. */
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    serve(start(arguments[0], new Items()));
  }

  private static int start(String server, Application application) throws Exception {
    return switch (server) {
      case "jersey-jdk" ->
          jersey("jdkhttp.JdkHttpServerFactory", "createHttpServer", application)
                  instanceof com.sun.net.httpserver.HttpServer jdk
              ? jdk.getAddress().getPort()
              : -1;
      case "jersey-grizzly" -> {
        Object grizzly =
            jersey("grizzly2.httpserver.GrizzlyHttpServerFactory", "createHttpServer", application);
        yield (int) call(call(grizzly, "getListener", "grizzly"), "getPort");
      }
      case "jersey-netty" -> {
        Class<?> provider =
            Class.forName("org.glassfish.jersey.netty.httpserver.NettyHttpContainerProvider");
        Method create =
            provider.getMethod("createServer", URI.class, resourceConfig(), boolean.class);
        Object channel = create.invoke(null, ANY_PORT, configured(application), false);
        yield ((InetSocketAddress) call(channel, "localAddress")).getPort();
      }
      case "jersey-jetty" -> {
        Object jetty = jersey("jetty.JettyHttpContainerFactory", "createServer", application);
        yield ((URI) call(jetty, "getURI")).getPort();
      }
      case "resteasy-jdk" -> resteasyOnJdk(application);
      case "resteasy-netty" -> resteasyOnNetty(application);
      case "resteasy-undertow" -> resteasyOnUndertow(application);
      case "cxf-jetty" -> cxf(application);
      default -> throw new IllegalArgumentException(server);
    };
  }

  private static Object jersey(String factory, String method, Application application)
      throws Exception {
    return Class.forName("org.glassfish.jersey." + factory)
        .getMethod(method, URI.class, resourceConfig())
        .invoke(null, ANY_PORT, configured(application));
  }

  private static Class<?> resourceConfig() throws Exception {
    return Class.forName("org.glassfish.jersey.server.ResourceConfig");
  }

  private static Object configured(Application application) throws Exception {
    return resourceConfig()
        .getMethod("forApplication", Application.class)
        .invoke(null, application);
  }

  private static int resteasyOnJdk(Application application) throws Exception {
    com.sun.net.httpserver.HttpServer jdk =
        com.sun.net.httpserver.HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Object builder = make("org.jboss.resteasy.plugins.server.sun.http.HttpContextBuilder");
    call(call(builder, "getDeployment"), "setApplication", application);
    call(builder, "bind", jdk);
    jdk.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
    jdk.start();
    return jdk.getAddress().getPort();
  }

  private static int resteasyOnNetty(Application application) throws Exception {
    Object netty = make("org.jboss.resteasy.plugins.server.netty.NettyJaxrsServer");
    Object deployment = call(netty, "getDeployment");
    call(deployment, "setApplication", application);
    call(netty, "setHostname", "127.0.0.1");
    call(netty, "setPort", 0);
    call(netty, "start");
    return (int) call(netty, "getPort");
  }

  private static int resteasyOnUndertow(Application application) throws Exception {
    Object undertow = make("org.jboss.resteasy.plugins.server.undertow.UndertowJaxrsServer");
    Object builder = Class.forName("io.undertow.Undertow").getMethod("builder").invoke(null);
    call(builder, "addHttpListener", 0, "127.0.0.1");
    call(undertow, "start", builder);
    call(undertow, "deploy", application);
    Field server = undertow.getClass().getDeclaredField("server");
    server.setAccessible(true);
    List<?> listeners = (List<?>) call(server.get(undertow), "getListenerInfo");
    return ((InetSocketAddress) call(listeners.get(0), "getAddress")).getPort();
  }

  /** CXF makes its own address of what it is given: it has to know the port. */
  private static int cxf(Application application) throws Exception {
    int port = freePort();
    Object factory = make("org.apache.cxf.jaxrs.JAXRSServerFactoryBean");
    call(factory, "setApplication", application);
    call(factory, "setAddress", "http://127.0.0.1:" + port + "/");
    call(factory, "setResourceClasses", List.of(ItemResource.class));
    call(
        factory,
        "setProviders",
        List.of(
            new GuardFilter(),
            new IdentityFilter(),
            new FieldsFilter(),
            new GzipInterceptor(),
            new TroubleMapper()));
    call(factory, "setFeatures", List.of(make("org.apache.cxf.jaxrs.sse.SseFeature")));
    call(factory, "create");
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  private static Object make(String type) throws Exception {
    return Class.forName(type).getConstructor().newInstance();
  }

  /** Calls the first public method of that name which takes the arguments. */
  private static Object call(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && takes(method, arguments)) {
        method.setAccessible(true);
        return method.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(target.getClass() + "." + name);
  }

  private static boolean takes(Method method, Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (types[i] == int.class
          ? !(arguments[i] instanceof Integer)
          : !types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  /** Prints the port, then waits until standard input ends: until the test ends, even killed. */
  private static void serve(int port) throws IOException {
    System.out.println("PORT=" + port);
    while (System.in.read() >= 0) {
      // The test sends nothing.
    }
    System.exit(0);
  }
}
