package dev.slipstream.servlet;

import dev.slipstream.servlet.BackgroundRun.Answer;
import dev.slipstream.servlet.TriedServlet.Application;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** A real container with one servlet, and a client that keeps its one connection to it. */
final class LiveContainer implements AutoCloseable {
  /** The containers that are tried. */
  enum Kind {
    TOMCAT,
    JETTY
  }

  private interface Stop {
    void stop() throws Exception;
  }

  private final Stop stop;
  private final int port;
  private final TriedServlet servlet;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LiveContainer(Stop stop, int port, TriedServlet servlet) {
    this.servlet = servlet;
    this.stop = stop;
    this.port = port;
  }

  static LiveContainer start(Kind kind, Path folder) throws Exception {
    TriedServlet servlet = new TriedServlet();
    return kind == Kind.TOMCAT ? tomcat(folder, servlet) : jetty(servlet);
  }

  /** Gives the servlet something to do. */
  TriedServlet tries(Application application) {
    servlet.does(application);
    return servlet;
  }

  /** Has the container use its objects for other requests. */
  void reuseConnection() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      get("/other/" + i + "?other=" + i, "X-Other", "o", "Accept-Language", "it");
    }
  }

  /** Has the container send an answer. */
  Received getReplay(Answer answer) throws IOException, InterruptedException {
    servlet.replays(answer);
    return get("/replay");
  }

  private static LiveContainer tomcat(Path folder, TriedServlet servlet) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setSilent(true);
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    var context = (StandardContext) tomcat.addContext("/app", null);
    context.setClearReferencesRmiTargets(false); // needs an open java.rmi
    context.setClearReferencesThreadLocals(false);
    context.getServletContext().setAttribute("of the context", "its value");
    var wrapper = Tomcat.addServlet(context, "tried", servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/tried/*");
    tomcat.start();
    return new LiveContainer(
        () -> {
          tomcat.stop();
          tomcat.destroy();
        },
        tomcat.getConnector().getLocalPort(),
        servlet);
  }

  private static LiveContainer jetty(TriedServlet servlet) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler("/app");
    context.setAttribute("of the context", "its value");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/tried/*");
    server.setHandler(context);
    server.start();
    return new LiveContainer(server::stop, server.getURI().getPort(), servlet);
  }

  /** What a client gets; fields of the connection and the date are left out. */
  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  record Received(int status, Map<String, String> fields, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Received get(String pathAndQuery, String... fields) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/app/tried" + pathAndQuery));
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.headers().map().forEach((name, values) -> received.put(name, values.toString()));
    received
        .keySet()
        .removeAll(Set.of("date", "content-length", "transfer-encoding", "connection", "server"));
    return new Received(response.statusCode(), received, response.body());
  }

  @Override
  public void close() throws IOException {
    try {
      stop.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
