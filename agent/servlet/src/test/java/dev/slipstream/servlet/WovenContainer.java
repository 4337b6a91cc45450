package dev.slipstream.servlet;

import dev.slipstream.engine.Call;
import dev.slipstream.engine.EntryPoint;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/**
 * A real container with the same servlet four times: at {@code /alone}, with the adapter around it
 * at {@code /woven}, so behind a filter that wraps the response at {@code /wrapped}, and so with
 * the adapter before that filter, too, at {@code /entered}.
 */
final class WovenContainer implements AutoCloseable {
  /** The containers that are tried. */
  enum Kind {
    TOMCAT,
    /** Which compresses by itself, where it may. */
    COMPRESSING_TOMCAT,
    JETTY,
    UNDERTOW
  }

  private interface Stop {
    void stop() throws Exception;
  }

  private static final Filter WRAPPING =
      (request, response, chain) ->
          chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response));

  private final Stop stop;
  final int port;

  /** How often the filter has run behind the entry. */
  final AtomicInteger passed;

  private WovenContainer(Stop stop, int port, AtomicInteger passed) {
    this.stop = stop;
    this.port = port;
    this.passed = passed;
  }

  /** The chain that the container begins with, as the agent weaves it. */
  private static Filter entering(EntryPoint entry, AtomicInteger passed) {
    return (request, response, chain) -> {
      Object[] slots = {chain, request, response, null, null, "chain"};
      UnaryOperator<Throwable> exit = entry.enter(new Call(slots));
      Throwable thrown = null;
      if (slots[0] != null) {
        passed.incrementAndGet();
        try {
          chain.doFilter((ServletRequest) slots[1], (ServletResponse) slots[2]);
        } catch (Exception e) {
          thrown = e;
        }
      }
      WovenServlet.rethrow(exit == null ? thrown : exit.apply(thrown));
    };
  }

  static WovenContainer start(
      Kind kind, Path folder, EntryPoint entry, Map<String, TriedServlet.Application> answers)
      throws Exception {
    WovenServlet alone = new WovenServlet(null, answers);
    WovenServlet woven = new WovenServlet(entry, answers);
    AtomicInteger passed = new AtomicInteger();
    Filter entering = entering(entry, passed);
    return switch (kind) {
      case TOMCAT, COMPRESSING_TOMCAT -> tomcat(kind, folder, alone, woven, entering, passed);
      case JETTY -> jetty(alone, woven, entering, passed);
      case UNDERTOW -> undertow(alone, woven, entering, passed);
    };
  }

  private static WovenContainer tomcat(
      Kind kind,
      Path folder,
      WovenServlet alone,
      WovenServlet woven,
      Filter entering,
      AtomicInteger passed)
      throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setSilent(true);
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("compression", kind == Kind.TOMCAT ? "off" : "on");
    var context = (StandardContext) tomcat.addContext("", null);
    context.setClearReferencesRmiTargets(false); // needs an open java.rmi
    context.setClearReferencesThreadLocals(false);
    var first = Tomcat.addServlet(context, "alone", alone);
    first.setAsyncSupported(true);
    first.addMapping("/alone/*");
    var second = Tomcat.addServlet(context, "woven", woven);
    second.setAsyncSupported(true);
    second.addMapping("/woven/*");
    second.addMapping("/wrapped/*");
    second.addMapping("/entered/*");
    add(context, "entering", entering, "/entered/*");
    add(context, "wrapping", WRAPPING, "/wrapped/*", "/entered/*");
    tomcat.start();
    return new WovenContainer(
        () -> {
          tomcat.stop();
          tomcat.destroy();
        },
        connector.getLocalPort(),
        passed);
  }

  private static void add(StandardContext context, String name, Filter filter, String... paths) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(name);
    for (String path : paths) {
      map.addURLPattern(path);
    }
    context.addFilterMap(map);
  }

  private static WovenContainer jetty(
      WovenServlet alone, WovenServlet woven, Filter entering, AtomicInteger passed)
      throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder first = new ServletHolder(alone);
    first.setAsyncSupported(true);
    context.addServlet(first, "/alone/*");
    ServletHolder second = new ServletHolder(woven);
    second.setAsyncSupported(true);
    context.addServlet(second, "/woven/*");
    context.addServlet(second, "/wrapped/*");
    context.addServlet(second, "/entered/*");
    FilterHolder firstFilter = new FilterHolder(entering);
    firstFilter.setAsyncSupported(true);
    context.addFilter(firstFilter, "/entered/*", EnumSet.of(DispatcherType.REQUEST));
    FilterHolder filter = new FilterHolder(WRAPPING);
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/wrapped/*", EnumSet.of(DispatcherType.REQUEST));
    context.addFilter(filter, "/entered/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    server.start();
    return new WovenContainer(server::stop, server.getURI().getPort(), passed);
  }

  private static WovenContainer undertow(
      WovenServlet alone, WovenServlet woven, Filter entering, AtomicInteger passed)
      throws Exception {
    DeploymentInfo info =
        Servlets.deployment()
            .setClassLoader(WovenContainer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("tried")
            .addServlet(
                Servlets.servlet("alone", WovenServlet.class, new ImmediateInstanceFactory<>(alone))
                    .setAsyncSupported(true)
                    .addMapping("/alone/*"))
            .addServlet(
                Servlets.servlet("woven", WovenServlet.class, new ImmediateInstanceFactory<>(woven))
                    .setAsyncSupported(true)
                    .addMappings("/woven/*", "/wrapped/*", "/entered/*"))
            .addFilter(
                Servlets.filter(
                        "entering", entering.getClass(), new ImmediateInstanceFactory<>(entering))
                    .setAsyncSupported(true))
            .addFilter(
                Servlets.filter(
                        "wrapping", WRAPPING.getClass(), new ImmediateInstanceFactory<>(WRAPPING))
                    .setAsyncSupported(true))
            .addFilterUrlMapping("entering", "/entered/*", DispatcherType.REQUEST)
            .addFilterUrlMapping("wrapping", "/wrapped/*", DispatcherType.REQUEST)
            .addFilterUrlMapping("wrapping", "/entered/*", DispatcherType.REQUEST);
    DeploymentManager manager = Servlets.newContainer().addDeployment(info);
    manager.deploy();
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(manager.start())
            .setIoThreads(1)
            .setWorkerThreads(4)
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new WovenContainer(server::stop, address.getPort(), passed);
  }

  @Override
  public void close() throws IOException {
    try {
      stop.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
