package com.example.admission;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How the backend is, as it is told at a port of its own: {@code /5000} or {@code /20/fails}. */
final class Moods {
  volatile long millis = 20;
  volatile boolean failing;

  /** Listens from now on. Returns the port. */
  int serve() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String[] parts = exchange.getRequestURI().getPath().split("/", 3);
          millis = Long.parseLong(parts[1]);
          failing = parts.length > 2;
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server.getAddress().getPort();
  }
}
