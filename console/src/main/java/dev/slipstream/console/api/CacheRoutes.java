package dev.slipstream.console.api;

import dev.slipstream.console.cache.CacheChange;
import dev.slipstream.console.cache.CacheDetails;
import dev.slipstream.console.cache.CacheEntry;
import dev.slipstream.console.cache.CacheKeys;
import dev.slipstream.console.cache.CacheStats;
import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.cache.Flush;
import dev.slipstream.console.cache.Invalidation;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** {@code /api/v1/cache}: what the caches hold and did, and what removes from them. */
final class CacheRoutes {
  private static final int LONGEST_PATTERN = 1_024;
  private static final int LONGEST_KEY = 8_192;
  private static final int MOST_KEYS = 10_000;

  private final Selection selection;
  private final Answers answers;

  CacheRoutes(Selection selection, Answers answers) {
    this.selection = selection;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/cache/stats", this::statistics);
    Reading.route(routes, "/api/v1/cache/details", this::details);
    Reading.route(routes, "/api/v1/cache/keys", this::keys);
    Reading.route(routes, "/api/v1/cache/entry", this::entry);
    routes.delete("/api/v1/cache/flush", this::flush);
    routes.post("/api/v1/cache/invalidate", this::invalidate);
  }

  private void statistics(Context context) {
    List<Gateway> gateways = selection.toRead(Query.of(context, Selection.PARAMETER));
    Gathered<CacheStats> statistics = Caches.statistics(gateways);
    answers.gathered(context, statistics, statistics.value());
  }

  private void details(Context context) {
    List<Gateway> gateways = selection.toRead(Query.of(context, Selection.PARAMETER));
    Gathered<CacheDetails> details = Caches.details(gateways);
    answers.gathered(context, details, new DetailsAnswer(details.value()));
  }

  private void keys(Context context) {
    Query query = Query.of(context, "pattern", "level", "limit", Selection.PARAMETER);
    Gathered<CacheKeys> keys =
        Caches.keys(
            selection.toRead(query),
            Texts.checked("pattern", query.value("pattern").orElse("*"), LONGEST_PATTERN),
            query.oneOf("level", Flush.Level.ALL, Flush.Level::label),
            query.integer("limit", 1_000, 1, MOST_KEYS));
    answers.gathered(context, keys, keys.value());
  }

  private void entry(Context context) {
    Query query = Query.of(context, "key", Selection.PARAMETER);
    String key = Texts.checked("key", query.needed("key"), LONGEST_KEY);
    Gathered<List<CacheEntry>> entries = Caches.entries(selection.toRead(query), key);
    if (entries.value().isEmpty() && !entries.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              "unknown-key",
              "Nothing is stored under the key",
              404,
              "no gateway that answered has " + key));
    }
    answers.gathered(context, entries, new EntriesAnswer(entries.value()));
  }

  private void flush(Context context) {
    Query query = Query.of(context, "level", "pattern", "reason", Selection.PARAMETER);
    Flush flush =
        new Flush(
            query.oneOf("level", Flush.Level.ALL, Flush.Level::label),
            query
                .value("pattern")
                .map(pattern -> Texts.checked("pattern", pattern, LONGEST_PATTERN))
                .orElse(null));
    List<Gateway> gateways = selection.toChange(query);
    Gathered<CacheChange.Flushed> flushed = Caches.flush(gateways, flush);
    answers.changed(context, flushed, flushed.value());
  }

  private void invalidate(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    Invalidation invalidation = InvalidationBody.parse(RequestBody.json(context));
    List<Gateway> gateways = selection.toChange(query);
    Gathered<CacheChange.Invalidated> invalidated = Caches.invalidate(gateways, invalidation);
    answers.changed(context, invalidated, invalidated.value());
  }

  private record DetailsAnswer(CacheDetails cacheDetails) {}

  private record EntriesAnswer(List<CacheEntry> entries) {}
}
