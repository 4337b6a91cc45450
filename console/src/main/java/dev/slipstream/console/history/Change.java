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
  private static final String HIT = "hit_";
  private static final String MISS = "miss_";

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
    long hits = outcomes(moves, HIT);
    long misses = outcomes(moves, MISS);
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
    figures.put(Figure.SAVED_MS_PER_SECOND, Sums.known(moves, Change::savedPerSecond));
    figures.put(Figure.IN_FLIGHT, (double) total.inFlight());
    figures.put(Figure.HITS_P95_MS, total.hits().p95Ms());
    figures.put(Figure.MISSES_P95_MS, total.misses().p95Ms());
    return figures;
  }

  /**
   * What the hits in between saved, each as much as hits did on average since the start. That mean
   * is made of those of each endpoint, so slow endpoints without hits are not in it. The sum since
   * the start would not do: it is estimated anew for all hits with every miss.
   */
  private static @Nullable Double savedPerSecond(Change move) {
    long hits = outcomes(move.now(), HIT);
    long newHits = Math.max(0, hits - outcomes(from(move), HIT));
    if (newHits == 0) {
      return 0.0;
    }
    Double saved = move.now().endpoints().total().savedMillis();
    return saved == null ? null : Double.valueOf(saved / hits * newHits * 1_000 / move.millis());
  }

  private long millis() {
    return now.atMillis() - from(this).atMillis();
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
    return sum(moves, sample -> outcomes(sample, kind));
  }

  private static long outcomes(Sample sample, String kind) {
    return sample.endpoints().total().outcomes().entrySet().stream()
        .filter(one -> one.getKey().startsWith(kind))
        .mapToLong(Map.Entry::getValue)
        .sum();
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
                / move.millis());
  }
}
