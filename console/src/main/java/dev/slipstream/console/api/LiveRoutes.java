package dev.slipstream.console.api;

import dev.slipstream.console.metrics.Metrics;
import dev.slipstream.console.targets.Targets;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * {@code /api/v1/live} and {@code /metrics}: what is watched all the time; and the API's document.
 */
final class LiveRoutes {
  private static final byte[] DOCUMENT = document();

  private final Targets targets;
  private final Selection selection;
  private final LiveFeed feed;
  private final Gatekeeper gatekeeper;

  LiveRoutes(Targets targets, Selection selection, LiveFeed feed, Gatekeeper gatekeeper) {
    this.targets = targets;
    this.selection = selection;
    this.feed = feed;
    this.gatekeeper = gatekeeper;
  }

  void add(RoutesConfig routes) {
    routes.get("/api/v1/live", this::live);
    Reading.route(routes, "/metrics", this::metrics);
    Reading.route(
        routes,
        "/api/v1/openapi.yaml",
        context -> context.contentType("application/yaml").result(DOCUMENT));
  }

  private void live(Context context) throws IOException {
    Query query = Query.of(context, Selection.PARAMETER);
    String target =
        query.value(Selection.PARAMETER).map(name -> selection.named(name).name()).orElse(null);
    context.status(200).contentType("text/event-stream; charset=utf-8");
    context.header("X-Accel-Buffering", "no");
    feed.add(context, target, gatekeeper.stillAdmitted(context));
  }

  private void metrics(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    byte[] text =
        Metrics.of(
            query.value(Selection.PARAMETER).isPresent() ? selection.toRead(query) : targets.all());
    context.contentType(Metrics.CONTENT_TYPE).result(text);
  }

  private static byte[] document() {
    try (InputStream stream = LiveRoutes.class.getResourceAsStream("openapi.yaml")) {
      return Objects.requireNonNull(stream).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
