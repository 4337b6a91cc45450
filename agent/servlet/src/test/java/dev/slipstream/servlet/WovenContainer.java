package dev.slipstream.servlet;

import dev.slipstream.engine.EntryPoint;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
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
 * A real container with the same servlet three times: at {@code /alone}, with the adapter around it
 * at {@code /woven}, and so behind a filter that wraps the response at {@code /wrapped}.
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

  private WovenContainer(Stop stop, int port) {
    this.stop = stop;
    this.port = port;
  }

  static WovenContainer start(
      Kind kind, Path folder, EntryPoint entry, Map<String, TriedServlet.Application> answers)
      throws Exception {
    WovenServlet alone = new WovenServlet(null, answers);
    WovenServlet woven = new WovenServlet(entry, answers);
    return switch (kind) {
      case TOMCAT, COMPRESSING_TOMCAT -> tomcat(kind, folder, alone, woven);
      case JETTY -> jetty(alone, woven);
      case UNDERTOW -> undertow(alone, woven);
    };
  }

  private static WovenContainer tomcat(
      Kind kind, Path folder, WovenServlet alone, WovenServlet woven) throws Exception {
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
    FilterDef filter = new FilterDef();
    filter.setFilterName("wrapping");
    filter.setFilter(WRAPPING);
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName("wrapping");
    map.addURLPattern("/wrapped/*");
    context.addFilterMap(map);
    tomcat.start();
    return new WovenContainer(
        () -> {
          tomcat.stop();
          tomcat.destroy();
        },
        connector.getLocalPort());
  }

  private static WovenContainer jetty(WovenServlet alone, WovenServlet woven) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder first = new ServletHolder(alone);
    first.setAsyncSupported(true);
    context.addServlet(first, "/alone/*");
    ServletHolder second = new ServletHolder(woven);
    second.setAsyncSupported(true);
    context.addServlet(second, "/woven/*");
    context.addServlet(second, "/wrapped/*");
    FilterHolder filter = new FilterHolder(WRAPPING);
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/wrapped/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    server.start();
    return new WovenContainer(server::stop, server.getURI().getPort());
  }

  private static WovenContainer undertow(WovenServlet alone, WovenServlet woven) throws Exception {
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
                    .addMappings("/woven/*", "/wrapped/*"))
            .addFilter(
                Servlets.filter(
                        "wrapping", WRAPPING.getClass(), new ImmediateInstanceFactory<>(WRAPPING))
                    .setAsyncSupported(true))
            .addFilterUrlMapping("wrapping", "/wrapped/*", DispatcherType.REQUEST);
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
    return new WovenContainer(server::stop, address.getPort());
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
