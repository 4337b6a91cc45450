package dev.slipstream.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/**
 * The dashboard's files over HTTP.
 *
 * <p>Each has a route of its own, so that no path leads anywhere else. A browser keeps them, and
 * asks each time whether they have changed.
 */
public final class Web {
  private static final String INDEX = "index.html";

  /** All of them, by their path; a test holds this list and the folder to each other. */
  static final List<String> FILES =
      List.of(
          INDEX,
          "app/api.js",
          "app/banners.js",
          "app/base.css",
          "app/chart.js",
          "app/csv.js",
          "app/dialogs.js",
          "app/diff.js",
          "app/dom.js",
          "app/events.js",
          "app/format.js",
          "app/frame.css",
          "app/icon.svg",
          "app/live.js",
          "app/main.js",
          "app/page.js",
          "app/pages/activations.js",
          "app/pages/advice.js",
          "app/pages/audit.js",
          "app/pages/cache.js",
          "app/pages/endpoint.js",
          "app/pages/endpoints.js",
          "app/pages/keys.js",
          "app/pages/optimizer.js",
          "app/pages/overview.js",
          "app/pages/removal.js",
          "app/pages/rules.js",
          "app/pages/timeline.js",
          "app/parts.css",
          "app/route.js",
          "app/series.js",
          "app/sort.js",
          "app/table.js",
          "app/theme.js",
          "app/tree.js",
          "app/verdicts.js",
          "vendor/uPlot.LICENSE",
          "vendor/uPlot.esm.js",
          "vendor/uPlot.min.css");

  private Web() {}

  /** Adds the routes: {@code /} and one for each file. */
  public static void add(RoutesConfig routes) {
    for (String path : FILES) {
      WebFile file = WebFile.of(path);
      String route = path.equals(INDEX) ? "/" : "/" + path;
      routes.get(route, context -> answer(context, file));
      routes.head(route, context -> answer(context, file));
    }
  }

  private static void answer(Context context, WebFile file) {
    context.header("Cache-Control", "no-cache");
    context.header("ETag", file.tag());
    if (file.isNamedBy(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    context.contentType(file.type()).result(file.bytes());
  }
}
