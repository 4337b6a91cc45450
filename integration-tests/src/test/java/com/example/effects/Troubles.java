package com.example.effects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The backends, and what is made of them at a port of its own, which gets through whatever the
 * gateway is in: {@code /orders/3000} (milliseconds), {@code /catalogue/800/fails}, {@code
 * /heap/64} (megabytes that are kept, one more every 60 ms).
 */
final class Troubles {
  private static final int MEGABYTE_EVERY_MILLIS = 60;

  private final Map<String, Backend> backends =
      Map.of(
          "orders", new Backend(4, 10),
          "catalogue", new Backend(16, 5),
          "page", new Backend(64, 2),
          "large", new Backend(64, 2));
  private final List<byte[][]> held = new ArrayList<>();
  private final ScheduledExecutorService growth = Executors.newSingleThreadScheduledExecutor();
  private volatile int wantedMegabytes;

  /** Takes orders from now on. Returns the port. */
  int serve() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::make);
    server.start();
    ScheduledFuture<?> unused =
        growth.scheduleAtFixedRate(this::grow, 0, MEGABYTE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return server.getAddress().getPort();
  }

  Backend backend(String name) {
    return backends.get(name);
  }

  private void make(HttpExchange exchange) throws IOException {
    String[] parts = exchange.getRequestURI().getPath().split("/", 4);
    int number = Integer.parseInt(parts[2]);
    if (parts[1].equals("heap")) {
      wantedMegabytes = number;
    } else {
      backend(parts[1]).become(number, parts.length > 3);
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** Adds a megabyte in arrays that no collector treats as large, or lets go of all. */
  private void grow() {
    if (wantedMegabytes == 0) {
      held.clear();
    } else if (held.size() < wantedMegabytes) {
      try {
        held.add(new byte[16][1 << 16]);
      } catch (OutOfMemoryError e) {
        System.out.println("no room for megabyte " + held.size());
      }
    }
  }
}
