package com.example.who;

import com.example.gateway.Announcement;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The application in Jetty, over TLS too where a folder with keys is given. */
public final class JettyMain {
  private JettyMain() {}

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector plain = new ServerConnector(server);
    server.addConnector(plain);
    ServerConnector secure = arguments.length == 0 ? null : secure(server, Path.of(arguments[0]));
    if (secure != null) {
      server.addConnector(secure);
    }
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.addServlet(new ServletHolder(new WhoServlet()), "/who/*");
    context.addFilter(
        new FilterHolder(new TicketFilter()), "/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    server.start();
    if (secure != null) {
      System.out.println("SECURE=" + secure.getLocalPort());
    }
    Announcement.serve(plain.getLocalPort());
    server.stop();
  }

  private static ServerConnector secure(Server server, Path keys) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keys.resolve("server.p12").toString());
    tls.setKeyStorePassword("changeit");
    tls.setTrustStorePath(keys.resolve("clients.p12").toString());
    tls.setTrustStorePassword("changeit");
    tls.setWantClientAuth(true);
    HttpConfiguration configuration = new HttpConfiguration();
    SecureRequestCustomizer customizer = new SecureRequestCustomizer();
    customizer.setSniHostCheck(false);
    configuration.addCustomizer(customizer);
    return new ServerConnector(
        server,
        new SslConnectionFactory(tls, "http/1.1"),
        new HttpConnectionFactory(configuration));
  }
}
