package com.example.learning;

import com.example.gateway.Announcement;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** The application in Tomcat. */
public final class TomcatMain {
  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", Files.createTempDirectory("files").toString());
    Tomcat.addServlet(context, "all", new Versions()).addMapping("/*");
    tomcat.start();
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }

  /** Answers with a version; a POST makes the next one. */
  private static final class Versions extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final AtomicInteger version = new AtomicInteger();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String stated = request.getParameter("stated");
      if (stated != null) {
        response.setHeader("Cache-Control", "max-age=" + stated);
      }
      if (request.getParameter("private") != null) {
        response.setHeader("Cache-Control", "private");
      }
      int now = request.getParameter("steady") == null ? version.get() : 0;
      response.setContentType("text/plain");
      response.getOutputStream().write(("version " + now).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      version.incrementAndGet();
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }
}
