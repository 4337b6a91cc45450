package com.example.proxy;

import com.example.gateway.Announcement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** The proxies in Tomcat, before the origin at the port given. */
public final class TomcatMain {
  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", folder.toString());
    Forwarding forwarding = new Forwarding(Integer.parseInt(arguments[0]), false);
    Tomcat.addServlet(context, "sync", new ProxyServlet(forwarding)).addMapping("/sync/*");
    Wrapper async = Tomcat.addServlet(context, "async", new AsyncProxyServlet(forwarding));
    async.addMapping("/async/*");
    async.setAsyncSupported(true);
    tomcat.start();
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }
}
