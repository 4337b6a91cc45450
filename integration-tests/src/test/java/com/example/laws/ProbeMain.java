package com.example.laws;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A {@link ProbeServlet} in Tomcat, and other servlets where they are given as {@code path=class}.
 *
 * <p>Stops the server and returns when it is asked to, or when its standard input ends.
 */
public final class ProbeMain {
  private ProbeMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    String base = System.getProperty("probe.base");
    tomcat.setBaseDir(base == null ? Files.createTempDirectory("tomcat").toString() : base);
    tomcat.setPort(0);
    tomcat.getConnector();
    CountDownLatch stop = new CountDownLatch(1);
    Context context = tomcat.addContext("", null);
    add(context, "/", new ProbeServlet(stop));
    for (String argument : arguments) {
      String[] servlet = argument.split("=", 2);
      Object made = Class.forName(servlet[1]).getDeclaredConstructor().newInstance();
      add(context, servlet[0], (HttpServlet) made);
    }
    tomcat.start();
    System.out.println("PORT=" + tomcat.getConnector().getLocalPort());
    Thread input = new Thread(() -> awaitEndOfInput(stop), "input");
    input.setDaemon(true);
    input.start();
    stop.await();
    tomcat.stop();
    tomcat.destroy();
    System.out.println("stopped");
  }

  private static void add(Context context, String pattern, HttpServlet servlet) {
    Tomcat.addServlet(context, servlet.getClass().getSimpleName(), servlet).addMapping(pattern);
  }

  private static void awaitEndOfInput(CountDownLatch stop) {
    try {
      while (System.in.read() >= 0) {
        // The test sends nothing.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      stop.countDown();
    }
  }
}
