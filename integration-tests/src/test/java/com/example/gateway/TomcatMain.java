package com.example.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** The application in Tomcat, at the context path given first, with the files of the second. */
public final class TomcatMain {
  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Path files = Path.of(arguments[1]).toAbsolutePath();
    Context context = tomcat.addContext(arguments[0], files.toString());
    context.addServletContainerInitializer(
        new Application("org.apache.catalina.servlets.DefaultServlet"), Set.of());
    ErrorPage errorPage = new ErrorPage();
    errorPage.setErrorCode(Application.STATUS_WITH_ERROR_PAGE);
    errorPage.setLocation(Application.ERROR_PAGE);
    context.addErrorPage(errorPage);
    tomcat.start();
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }
}
