package dev.slipstream.console.api;

import dev.slipstream.console.cache.CacheChange;
import dev.slipstream.console.cache.CacheStats;
import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.cache.Flush;
import dev.slipstream.console.cache.Gathered;
import dev.slipstream.console.cache.Invalidation;
import dev.slipstream.console.targets.Gateway;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /api/v1/cache}: what the caches hold and did, and what removes from them. */
final class CacheRoutes {
  private static final int PARTIAL = 207;
  private static final int LONGEST_PATTERN = 1_024;

  private final Selection selection;
  private final Answers answers;

  CacheRoutes(Selection selection, Answers answers) {
    this.selection = selection;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/cache/stats", this::statistics);
    routes.delete("/api/v1/cache/flush", this::flush);
    routes.post("/api/v1/cache/invalidate", this::invalidate);
  }

  private void statistics(Context context) {
    List<Gateway> gateways = selection.toRead(Query.of(context, Selection.PARAMETER));
    Gathered<CacheStats> statistics = answered(Caches.statistics(gateways));
    answers.json(context, 200, statistics.value(), new Lines(TargetLine.of(statistics.replies())));
  }

  private void flush(Context context) {
    Query query = Query.of(context, "level", "pattern", "reason", Selection.PARAMETER);
    Flush flush =
        new Flush(
            query.value("level").map(CacheRoutes::level).orElse(Flush.Level.ALL),
            query
                .value("pattern")
                .map(pattern -> Texts.checked("pattern", pattern, LONGEST_PATTERN))
                .orElse(null));
    List<Gateway> gateways = selection.toChange(query);
    Gathered<CacheChange.Flushed> flushed = answered(Caches.flush(gateways, flush));
    changed(context, flushed);
  }

  private void invalidate(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    Invalidation invalidation = InvalidationBody.parse(RequestBody.json(context));
    List<Gateway> gateways = selection.toChange(query);
    Gathered<CacheChange.Invalidated> invalidated =
        answered(Caches.invalidate(gateways, invalidation));
    changed(context, invalidated);
  }

  private void changed(Context context, Gathered<?> change) {
    boolean complete = change.isComplete();
    answers.json(
        context,
        complete ? 200 : PARTIAL,
        new Outcome(complete ? "success" : "partial"),
        change.value(),
        new Lines(TargetLine.of(change.replies())));
  }

  private static <T> Gathered<T> answered(Gathered<T> gathered) {
    if (gathered.isEmpty()) {
      throw new ProblemException(FailureProblem.of(gathered.replies()));
    }
    return gathered;
  }

  private static Flush.Level level(String text) {
    return Arrays.stream(Flush.Level.values())
        .filter(level -> level.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "level \""
                        + text
                        + "\" is none of "
                        + Arrays.stream(Flush.Level.values())
                            .map(Flush.Level::label)
                            .collect(Collectors.joining(", "))));
  }

  private record Outcome(String status) {}

  private record Lines(List<TargetLine> targets) {}
}
