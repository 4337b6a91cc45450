package dev.slipstream.console.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Routes that read: HEAD gives the same status as GET, which load balancers rely on. */
final class Reading {
  private Reading() {}

  static void route(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }
}
