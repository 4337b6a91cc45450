package com.example.speed;

import com.example.gateway.Announcement;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** The servlets in Tomcat. */
public final class TomcatMain {
  private static final String CACHED = "max-age=3600";

  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "64");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", Files.createTempDirectory("files").toString());
    byte[] small = Bodies.json(2 << 10);
    byte[] large = Bodies.json(64 << 10);
    byte[] compressed = Bodies.gzip(large);
    // What a hand-written servlet writes from memory, which the cache has no part in.
    add(context, "/plain/*", new BodyServlet(small, null, null));
    add(context, "/plain64/*", new BodyServlet(large, null, null));
    add(context, "/plain-gzip/*", new BodyServlet(large, compressed, null));
    // The same with all the fields of a hit, by hand.
    add(context, "/like/*", BodyServlet.likeHit(small, null, CACHED));
    add(context, "/like-gzip/*", BodyServlet.likeHit(large, compressed, CACHED));
    // And what is to be cached, or not to be.
    add(context, "/hit/*", new BodyServlet(small, null, CACHED));
    add(context, "/hit64/*", new BodyServlet(large, null, CACHED));
    add(context, "/gzip/*", new BodyServlet(large, null, CACHED));
    add(context, "/entry/*", new BodyServlet(small, null, CACHED));
    add(context, "/private/*", new BodyServlet(small, null, "no-store"));
    add(context, "/asked", new CountServlet());
    tomcat.start();
    Announcement.serve(tomcat.getConnector().getLocalPort());
    tomcat.stop();
  }

  private static void add(Context context, String pattern, HttpServlet servlet) {
    Tomcat.addServlet(context, pattern, servlet).addMapping(pattern);
  }
}
