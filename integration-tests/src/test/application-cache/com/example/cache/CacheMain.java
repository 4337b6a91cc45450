package com.example.cache;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** An application that uses caches: each path is a scenario, answered with what it has seen. */
public final class CacheMain {
  private CacheMain() {}

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", CacheMain::handle);
    server.start();
    System.out.println("PORT=" + server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // The test sends nothing.
    }
    System.exit(0);
  }

  private static void handle(HttpExchange exchange) throws IOException {
    String said;
    try {
      said = said(exchange.getRequestURI().getPath().substring(1));
    } catch (Throwable t) {
      said = t.toString();
    }
    byte[] body = said.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String said(String path) throws Exception {
    String[] parts = path.split("/", -1);
    return switch (parts[0]) {
      case "facade" -> Facade.say(parts[1]);
      case "methods" -> Methods.say(parts[1]);
      case "plain" -> Plain.say(parts[1]);
      case "tenants" -> Tenants.say(parts[1]);
      default -> "no such scenario";
    };
  }
}
