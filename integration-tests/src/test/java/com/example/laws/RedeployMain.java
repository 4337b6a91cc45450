package com.example.laws;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * Deploys the web application in the folder given first as often as given second, uses it,
 * undeploys it, and says how many of its class loaders are gone. Where the third is {@code cached}
 * it goes on with the second deployment only after an answer came from a cache.
 */
public final class RedeployMain {
  private static final List<String> PATHS =
      List.of("/fresh", "/fresh", "/fresh", "/private", "/session", "/async", "/async", "/failing");
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private RedeployMain() {}

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    tomcat.start();
    int deployments = Integer.parseInt(arguments[1]);
    List<Reference<ClassLoader>> loaders = new ArrayList<>();
    int hits = 0;
    long deadline = System.nanoTime() + LONGEST_NANOS;
    for (int i = 0; i < deployments; i++) {
      Context context = deploy(tomcat, arguments[0]);
      loaders.add(new WeakReference<>(context.getLoader().getClassLoader()));
      hits += use(tomcat.getConnector().getLocalPort());
      while (hits == 0 && arguments[2].equals("cached") && System.nanoTime() < deadline) {
        hits += use(tomcat.getConnector().getLocalPort());
      }
      undeploy(tomcat, context);
    }
    long left = awaitCleared(loaders);
    System.out.println("hits " + hits);
    System.out.println("loaders left " + left);
    tomcat.stop();
    tomcat.destroy();
  }

  private static Context deploy(Tomcat tomcat, String folder) {
    Context context = new StandardContext();
    context.setName("/war");
    context.setPath("/war");
    context.setDocBase(folder);
    context.addLifecycleListener(new Tomcat.FixContextListener());
    Wrapper servlet = Tomcat.addServlet(context, "servlet", "com.example.war.WarServlet");
    servlet.setAsyncSupported(true);
    servlet.addMapping("/");
    FilterDef filter = new FilterDef();
    filter.setFilterName("filter");
    filter.setFilterClass("com.example.war.WarFilter");
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("filter");
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
    tomcat.getHost().addChild(context);
    return context;
  }

  private static void undeploy(Tomcat tomcat, Context context) throws Exception {
    context.stop();
    context.destroy();
    tomcat.getHost().removeChild(context);
  }

  /** Returns how many answers came from a cache. */
  private static int use(int port) throws IOException {
    int hits = 0;
    for (String path : PATHS) {
      String answer = get(port, "/war" + path);
      if (answer.contains("; hit")) {
        hits++;
      }
      if (!answer.startsWith(path.equals("/failing") ? "HTTP/1.1 500" : "HTTP/1.1 200")) {
        throw new IllegalStateException(path + " was answered with " + answer);
      }
    }
    return hits;
  }

  private static String get(int port, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Returns how many are left, after they were given time to go. */
  private static long awaitCleared(List<Reference<ClassLoader>> loaders) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    long left;
    do {
      System.gc();
      left = loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    } while (left > 0 && System.nanoTime() < deadline);
    return left;
  }
}
