package dev.slipstream.console.history;

import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.performance.CurrentMetrics;
import dev.slipstream.console.performance.EndpointFigures;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two samples of a gateway, one after the other.
 *
 * @param before null where there is none, or the gateway was started anew
 */
record Change(@Nullable Sample before, Sample now) {

  static Change between(@Nullable Sample before, Sample now) {
    boolean follows =
        before != null
            && before.atMillis() < now.atMillis()
            && requests(before) <= requests(now)
            && lookups(before) <= lookups(now);
    return new Change(follows ? before : null, now);
  }

  private static long requests(Sample sample) {
    return sample.endpoints().total().requests();
  }

  private static long lookups(Sample sample) {
    return sample.tiers().hits() + sample.tiers().misses();
  }

  /** The figures of some gateways together; what is not known is null. */
  static Map<Figure, @Nullable Double> figures(List<Change> changes) {
    List<Sample> now = changes.stream().map(Change::now).toList();
    List<Change> moves = changes.stream().filter(change -> change.before() != null).toList();
    EndpointFigures total = EndpointFigures.total(now.stream().map(Sample::endpoints).toList());
    Map<Figure, @Nullable Double> figures = new EnumMap<>(Figure.class);
    long hits = outcomes(moves, "hit_");
    long misses = outcomes(moves, "miss_");
    figures.put(Figure.REQUESTS_PER_SECOND, rate(moves, Change::requests));
    figures.put(Figure.HIT_RATE, Sums.share(hits, hits + misses));
    figures.put(
        Figure.L1_HIT_RATE,
        Sums.share(sum(moves, sample -> sample.tiers().hits()), sum(moves, Change::lookups)));
    long l2Hits = sum(moves, sample -> redis(sample, Sample.Redis::hits));
    long l2Misses = sum(moves, sample -> redis(sample, Sample.Redis::misses));
    figures.put(Figure.L2_HIT_RATE, Sums.share(l2Hits, l2Hits + l2Misses));
    figures.put(Figure.P50_MS, total.p50Ms());
    figures.put(Figure.P95_MS, total.p95Ms());
    figures.put(Figure.P99_MS, total.p99Ms());
    figures.put(
        Figure.ERROR_RATE,
        Sums.share(
            sum(moves, sample -> sample.endpoints().total().serverErrors()),
            sum(moves, Change::requests)));
    figures.put(Figure.CPU_PERCENT, CurrentMetrics.cpu(now.stream().map(Sample::system).toList()));
    figures.put(
        Figure.MEMORY_PERCENT, CurrentMetrics.memory(now.stream().map(Sample::system).toList()));
    figures.put(Figure.L1_BYTES, (double) Sums.sum(now, sample -> sample.tiers().bytes()));
    figures.put(Figure.L1_ENTRIES, (double) Sums.sum(now, sample -> sample.tiers().entries()));
    figures.put(Figure.L2_P95_MS, Sums.greatest(now, Change::l2P95));
    figures.put(Figure.EVICTIONS_PER_SECOND, rate(moves, sample -> sample.tiers().evictions()));
    figures.put(Figure.ERRORS_PER_SECOND, rate(moves, sample -> sample.tiers().errors()));
    figures.put(Figure.SAVED_MS_PER_SECOND, rate(moves, Change::savedMillis));
    figures.put(Figure.IN_FLIGHT, (double) total.inFlight());
    figures.put(Figure.HITS_P95_MS, total.hits().p95Ms());
    figures.put(Figure.MISSES_P95_MS, total.misses().p95Ms());
    return figures;
  }

  private static double savedMillis(Sample sample) {
    Double saved = sample.endpoints().total().savedMillis();
    return saved == null ? 0 : saved;
  }

  private static @Nullable Double l2P95(Sample sample) {
    Sample.Redis redis = sample.tiers().redis();
    return redis == null ? null : redis.p95Ms();
  }

  private static long redis(Sample sample, ToLongFunction<Sample.Redis> count) {
    Sample.Redis redis = sample.tiers().redis();
    return redis == null ? 0 : count.applyAsLong(redis);
  }

  private static long outcomes(List<Change> moves, String kind) {
    return sum(
        moves,
        sample ->
            sample.endpoints().total().outcomes().entrySet().stream()
                .filter(one -> one.getKey().startsWith(kind))
                .mapToLong(Map.Entry::getValue)
                .sum());
  }

  private static long sum(List<Change> moves, ToLongFunction<Sample> count) {
    return Sums.sum(
        moves, move -> Math.max(0, count.applyAsLong(move.now()) - count.applyAsLong(from(move))));
  }

  private static Sample from(Change move) {
    return Objects.requireNonNull(move.before());
  }

  /** What a count has risen by in a second, of all; null where none has a sample before. */
  private static @Nullable Double rate(List<Change> moves, ToDoubleFunction<Sample> count) {
    return Sums.known(
        moves,
        move ->
            (count.applyAsDouble(move.now()) - count.applyAsDouble(from(move)))
                * 1_000
                / (move.now().atMillis() - from(move).atMillis()));
  }
}
