package com.example.endpoints;

import com.example.gateway.Announcement;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    Context context = tomcat.addContext("/app", Files.createTempDirectory("files").toString());
    Tomcat.addServlet(context, "spring", new Page("/colours/{colour}/shades"))
        .addMapping("/spring/*");
    Tomcat.addServlet(context, "resources", new Page("/**")).addMapping("/files/*");
    Tomcat.addServlet(context, "report", new Page(null)).addMapping("/report20261125");
    Tomcat.addServlet(context, "all", new Page(null)).addMapping("/*");
    tomcat.start();
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }

  /** Answers, and says as Spring's DispatcherServlet does what it was matched by. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final String pattern;

    Page(String pattern) {
      this.pattern = pattern;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (pattern != null) {
        request.setAttribute(
            "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern", pattern);
      }
      String status = request.getParameter("status");
      response.setStatus(status == null ? 200 : Integer.parseInt(status));
      response.setHeader("Cache-Control", status == null ? "max-age=60" : "no-store");
      response.setContentType("text/plain");
      response.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
