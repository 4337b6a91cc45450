package dev.slipstream.it.servers;

import com.example.servers.Asked;
import com.example.servers.Page;
import com.example.servers.Pages;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What gateways hand on to: the pages, on loopback. */
final class Origin implements AutoCloseable {
  private final Pages pages = new Pages();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  Origin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Page page = pages.answer(new AskedOfOrigin(exchange));
      page.fields().forEach(exchange.getResponseHeaders()::set);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      int length = page.body().length;
      if (head && length > 0) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
      }
      exchange.sendResponseHeaders(page.status(), head || length == 0 ? -1 : length);
      if (!head && length > 0) {
        exchange.getResponseBody().write(page.body());
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record AskedOfOrigin(HttpExchange exchange) implements Asked {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public byte[] content() throws IOException {
      return exchange.getRequestBody().readAllBytes();
    }

    @Override
    public String path() {
      return exchange.getRequestURI().getRawPath();
    }

    @Override
    public @Nullable String query() {
      return exchange.getRequestURI().getRawQuery();
    }

    @Override
    public @Nullable String field(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }
  }
}
