package dev.slipstream.console.api;

import dev.slipstream.console.metrics.Metrics;
import dev.slipstream.console.targets.Targets;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** {@code /api/v1/live} and {@code /metrics}: what is watched all the time. */
final class LiveRoutes {
  private final Targets targets;
  private final Selection selection;
  private final LiveFeed feed;

  LiveRoutes(Targets targets, Selection selection, LiveFeed feed) {
    this.targets = targets;
    this.selection = selection;
    this.feed = feed;
  }

  void add(RoutesConfig routes) {
    routes.get("/api/v1/live", this::live);
    Reading.route(routes, "/metrics", this::metrics);
  }

  private void live(Context context) throws IOException {
    Query query = Query.of(context, Selection.PARAMETER);
    String target =
        query.value(Selection.PARAMETER).map(name -> selection.named(name).name()).orElse(null);
    context.status(200).contentType("text/event-stream; charset=utf-8");
    context.header("X-Accel-Buffering", "no");
    feed.add(context, target);
  }

  private void metrics(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    byte[] text =
        Metrics.of(
            query.value(Selection.PARAMETER).isPresent() ? selection.toRead(query) : targets.all());
    context.contentType(Metrics.CONTENT_TYPE).result(text);
  }
}
