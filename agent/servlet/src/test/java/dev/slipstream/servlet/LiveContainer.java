package dev.slipstream.servlet;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LiveContainer(Stop stop, int port) {
    this.stop = stop;
    this.port = port;
  }

  static LiveContainer start(Kind kind, Path folder, Servlet servlet) throws Exception {
    return kind == Kind.TOMCAT ? tomcat(folder, servlet) : jetty(servlet);
  }

  private static LiveContainer tomcat(Path folder, Servlet servlet) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setSilent(true);
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    var context = tomcat.addContext("/app", null);
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
        tomcat.getConnector().getLocalPort());
  }

  private static LiveContainer jetty(Servlet servlet) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler("/app");
    context.setAttribute("of the context", "its value");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/tried/*");
    server.setHandler(context);
    server.start();
    return new LiveContainer(server::stop, server.getURI().getPort());
  }

  /** What a client gets; fields of the connection and the date are left out. */
  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  record Received(int status, Map<String, String> fields, byte[] body) {}

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
