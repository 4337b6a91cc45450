package com.example.who;

import com.example.gateway.Announcement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** The application in Tomcat, over TLS too where a folder with keys is given. */
public final class TomcatMain {
  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "who", new WhoServlet()).addMapping("/who/*");
    FilterDef filter = new FilterDef();
    filter.setFilterName("ticket");
    filter.setFilter(new TicketFilter());
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName("ticket");
    map.addURLPattern("/*");
    context.addFilterMap(map);
    Connector secure = arguments.length == 0 ? null : secure(Path.of(arguments[0]));
    if (secure != null) {
      tomcat.getService().addConnector(secure);
    }
    tomcat.start();
    if (secure != null) {
      System.out.println("SECURE=" + secure.getLocalPort());
    }
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }

  private static Connector secure(Path keys) {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    host.setCertificateVerification("optional");
    host.setTruststoreFile(keys.resolve("clients.p12").toString());
    host.setTruststorePassword("changeit");
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.RSA);
    certificate.setCertificateKeystoreFile(keys.resolve("server.p12").toString());
    certificate.setCertificateKeystorePassword("changeit");
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
    return connector;
  }
}
