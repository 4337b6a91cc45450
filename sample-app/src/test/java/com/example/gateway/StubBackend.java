package com.example.gateway;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/** A backend that does what one test says. */
record StubBackend(HttpServer server) implements AutoCloseable {

  static StubBackend start(HttpHandler handler) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.start();
    return new StubBackend(server);
  }

  Upstream upstream(Duration timeout) {
    return new Upstream(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), timeout);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
