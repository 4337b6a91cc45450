package com.example.proxy;

import com.example.gateway.Announcement;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The proxies in Jetty, before the origin at the port given. */
public final class JettyMain {
  private JettyMain() {}

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    Forwarding forwarding = new Forwarding(Integer.parseInt(arguments[0]), true);
    context.addServlet(new ServletHolder(new ProxyServlet(forwarding)), "/sync/*");
    ServletHolder async = new ServletHolder(new AsyncProxyServlet(forwarding));
    async.setAsyncSupported(true);
    context.addServlet(async, "/async/*");
    server.setHandler(context);
    server.start();
    Announcement.serve(connector.getLocalPort());
    server.stop();
  }
}
