package com.example.admission;

import com.example.gateway.Announcement;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The gateway in Tomcat, with as many threads as the first argument says. */
public final class TomcatMain {
  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("maxThreads", arguments[0]);
    Context context = tomcat.addContext("", Files.createTempDirectory("files").toString());
    Moods moods = new Moods();
    Wrapper servlet = Tomcat.addServlet(context, "all", new MoodyServlet(moods));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    FilterDef filter = new FilterDef();
    filter.setFilterName("sometimes");
    filter.setFilter(new SometimesFilter());
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("sometimes");
    mapping.addURLPattern("/sometimes");
    context.addFilterMap(mapping);
    tomcat.start();
    System.out.println("MOODS=" + moods.serve());
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }
}
