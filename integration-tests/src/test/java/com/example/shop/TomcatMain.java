package com.example.shop;

import com.example.gateway.Announcement;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** The shop in Tomcat. */
public final class TomcatMain {
  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", Files.createTempDirectory("files").toString());
    Tomcat.addServlet(context, "shop", new ShopServlet()).addMapping("/*");
    tomcat.start();
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }
}
