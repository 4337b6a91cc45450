package dev.slipstream.console.performance;

import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.merge.Weighted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The figures that there are targets for, of some gateways together. */
final class Kpis {
  /** As settings count them. */
  private static final double MEGABYTE = 1 << 20;

  private static final String SINCE = "since the start";
  private static final String MINUTE = "of the last minute";

  private final List<KpiReading> readings;
  private final List<KpiReading.Redis> tiers;
  private final EndpointFigures total;

  private Kpis(List<KpiReading> readings) {
    this.readings = readings;
    this.tiers = readings.stream().map(KpiReading::redis).filter(Objects::nonNull).toList();
    this.total = EndpointFigures.total(readings.stream().map(KpiReading::endpoints).toList());
  }

  /**
   * All of them.
   *
   * @param peakRate the most exchanges a second that the console has seen; null where it has not
   */
  static List<Kpi> of(List<KpiReading> readings, @Nullable Double peakRate) {
    Kpis kpis = new Kpis(readings);
    List<Kpi> all = new ArrayList<>();
    kpis.addCache(all);
    kpis.addTiers(all);
    kpis.addSystem(all);
    kpis.addExchanges(all, peakRate);
    kpis.addOptimizer(all);
    return all;
  }

  private void addCache(List<Kpi> all) {
    all.add(
        Kpi.above(
                "hit_rate",
                "Hit rate of the cache",
                share(counts(KpiReading.Counts::hits), counts(KpiReading.Counts::misses)),
                "share",
                0.75)
            .noted("look-ups that found an entry in either tier, " + SINCE));
    all.add(
        Kpi.above(
                "l1_hit_rate",
                "Hit rate of L1",
                share(counts(KpiReading.Counts::l1Hits), counts(KpiReading.Counts::l1Misses)),
                "share",
                0.85)
            .noted(SINCE));
    all.add(
        Kpi.above(
                "l2_hit_rate",
                "Hit rate of L2",
                share(
                    Sums.sum(tiers, KpiReading.Redis::hits),
                    Sums.sum(tiers, KpiReading.Redis::misses)),
                "share",
                0.70)
            .noted("look-ups that L1 could not answer, " + SINCE));
  }

  private void addTiers(List<Kpi> all) {
    all.add(
        Kpi.below("l1_latency", "Latency of L1, p95", total.hits().p95Ms(), "ms", 1)
            .onlyIfMet("an upper bound: the whole exchange of a hit of either tier, " + MINUTE));
    Double slowest = Sums.greatest(tiers, KpiReading.Redis::p95Ms);
    Kpi l2 = Kpi.below("l2_latency", "Latency of L2, p95", slowest, "ms", 5);
    all.add(
        tiers.size() > 1
            ? l2.onlyIfMet("an upper bound: that of the gateway where it is greatest")
            : l2.noted("of the last one to two minutes"));
    all.add(
        Kpi.below(
                "l1_memory",
                "Memory of L1",
                Sums.greatest(readings, one -> (double) one.counts().l1Bytes()),
                "bytes",
                100 * MEGABYTE)
            .noted(readings.size() > 1 ? "of the gateway that has most" : "of entries"));
    all.add(
        Kpi.below("l2_memory", "Memory of Redis", redisMemory(), "bytes", 1_024 * MEGABYTE)
            .onlyIfMet("an upper bound: all that is on the servers"));
    all.add(
        Kpi.below(
                "evictions",
                "Entries evicted from L1",
                Sums.share(
                    counts(KpiReading.Counts::l1Evictions), counts(KpiReading.Counts::l1Puts)),
                "share",
                0.05)
            .noted("of those stored, " + SINCE));
    all.add(
        Kpi.above("compression", "Saved by compression", compression(), "share", 0.30)
            .noted("bytes of entries written to Redis, " + SINCE));
  }

  /** Each server once. */
  private @Nullable Double redisMemory() {
    Map<String, Double> byServer = new LinkedHashMap<>();
    for (KpiReading.Redis tier : tiers) {
      Long bytes = tier.memoryBytes();
      if (bytes != null) {
        byServer.putIfAbsent(tier.server(), bytes.doubleValue());
      }
    }
    return Sums.known(byServer.values(), bytes -> bytes);
  }

  private @Nullable Double compression() {
    Double left =
        Sums.share(
            Sums.sum(readings, KpiReading::encodedOut), Sums.sum(readings, KpiReading::encodedIn));
    return left == null ? null : Double.valueOf(1 - left);
  }

  private void addSystem(List<Kpi> all) {
    String hour = "of the last hour";
    all.add(
        Kpi.below(
                "cpu_mean",
                "Processors, mean",
                Weighted.mean(readings, one -> one.cpu().mean(), KpiReading::processors),
                "percent",
                70)
            .noted(hour));
    all.add(
        Kpi.below(
                "cpu_peak",
                "Processors, peak",
                Sums.greatest(readings, one -> one.cpu().peak()),
                "percent",
                90)
            .noted(hour));
    all.add(
        Kpi.below(
                "memory_mean",
                "Memory, mean",
                Weighted.mean(readings, one -> one.memory().mean(), KpiReading::heapMaxBytes),
                "percent",
                80)
            .noted(hour));
    all.add(
        Kpi.below(
                "memory_peak",
                "Memory, peak",
                Sums.greatest(readings, one -> one.memory().peak()),
                "percent",
                95)
            .noted(hour));
  }

  private void addExchanges(List<Kpi> all, @Nullable Double peakRate) {
    all.add(Kpi.below("p95", "Response time, p95", total.p95Ms(), "ms", 1_000).noted(MINUTE));
    all.add(Kpi.below("p99", "Response time, p99", total.p99Ms(), "ms", 2_000).noted(MINUTE));
    all.add(
        Kpi.below("error_rate", "Failed exchanges", total.errorRate(), "share", 0.01)
            .noted(MINUTE));
    all.add(
        Kpi.above("throughput", "Requests a second, peak", peakRate, "1/s", 1_000)
            .onlyIfMet(
                "the most of the last 2 h: what clients asked for, which says nothing of what"
                    + " could be answered"));
    Double saved = total.savedMs();
    Double spent = Sums.known(readings, Kpis::spentMillis);
    all.add(
        Kpi.above(
                "savings",
                "Response time saved by hits",
                saved == null || spent == null || saved + spent <= 0
                    ? null
                    : Double.valueOf(saved / (saved + spent)),
                "share",
                0.20)
            .noted("of what all exchanges would have taken without hits, " + SINCE));
  }

  private static @Nullable Double spentMillis(KpiReading reading) {
    Double mean = reading.counts().meanMillis();
    return mean == null ? null : Double.valueOf(mean * reading.counts().requests());
  }

  private void addOptimizer(List<Kpi> all) {
    all.add(
        Kpi.above(
            "score",
            "Score",
            Weighted.mean(readings, KpiReading::score, one -> one.counts().requests()),
            "share",
            0.8));
    all.add(
        Kpi.below(
                "triggers",
                "Activations of rules",
                Sums.greatest(readings, one -> (double) one.triggered()),
                "1/h",
                5)
            .noted(
                readings.size() > 1
                    ? "of the gateway that has most, in the last hour"
                    : "in the last hour"));
    all.add(
        Kpi.below(
                "emergency",
                "Time in emergencies",
                Sums.share(
                    Sums.sum(readings, KpiReading::emergencyMillis),
                    Sums.sum(readings, KpiReading::uptimeMillis)),
                "share",
                0.01)
            .noted(SINCE));
  }

  private long counts(ToLongFunction<KpiReading.Counts> count) {
    return Sums.sum(readings, one -> count.applyAsLong(one.counts()));
  }

  private static @Nullable Double share(long part, long rest) {
    return Sums.share(part, part + rest);
  }
}
