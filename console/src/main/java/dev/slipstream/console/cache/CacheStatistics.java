package dev.slipstream.console.cache;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The caches of some gateways together: counts add up, rates come from the sums and are {@code
 * null} before there was anything to count. What a Redis server says of itself counts once for each
 * server, however many gateways share it.
 */
public record CacheStatistics(
    MemoryCache l1MemoryCache, RedisCache l2RedisCache, Overall overallStatistics) {

  /**
   * L1.
   *
   * @param maxItems the most entries of all gateways; {@code null} where only bytes bound one
   */
  public record MemoryCache(
      long entries,
      long memoryUsageBytes,
      @Nullable Long maxItems,
      @Nullable Double hitRate,
      long evictions) {}

  /**
   * L2.
   *
   * @param connected whether a Redis is configured anywhere and every gateway with one reaches it
   * @param memoryUsage bytes that the servers use in all; {@code null} if none says so
   * @param keys entries of ours on the servers; {@code null} if none says so
   */
  public record RedisCache(
      boolean connected,
      @Nullable Long memoryUsage,
      @Nullable Long keys,
      @Nullable Double hitRate) {}

  /** Both tiers. */
  public record Overall(
      long totalOperations,
      long hits,
      long misses,
      long sets,
      long deletes,
      @Nullable Double hitRate,
      @Nullable Double missRate) {}

  static CacheStatistics of(List<CacheReading> readings) {
    return new CacheStatistics(memory(readings), redis(readings), overall(readings));
  }

  private static MemoryCache memory(List<CacheReading> readings) {
    return new MemoryCache(
        sum(readings, reading -> reading.memory().entries()),
        sum(readings, reading -> reading.memory().bytes()),
        maxItems(readings),
        share(
            sum(readings, reading -> reading.memory().hits()),
            sum(readings, reading -> reading.memory().misses())),
        sum(readings, reading -> reading.memory().evictions()));
  }

  private static @Nullable Long maxItems(List<CacheReading> readings) {
    List<Integer> each =
        readings.stream()
            .map(reading -> reading.memory().maxEntries())
            .filter(Objects::nonNull)
            .toList();
    return each.isEmpty() || each.size() < readings.size() ? null : sum(each, Integer::longValue);
  }

  private static RedisCache redis(List<CacheReading> readings) {
    List<CacheReading.Redis> tiers =
        readings.stream().map(CacheReading::redis).filter(Objects::nonNull).toList();
    return new RedisCache(
        !tiers.isEmpty() && tiers.stream().allMatch(CacheReading.Redis::connected),
        sumOfServers(tiers, CacheReading.Redis::memoryBytes),
        sumOfServers(tiers, CacheReading.Redis::keys),
        share(sum(tiers, CacheReading.Redis::hits), sum(tiers, CacheReading.Redis::misses)));
  }

  private static Overall overall(List<CacheReading> readings) {
    long hits = sum(readings, reading -> reading.operations().hits());
    long misses = sum(readings, reading -> reading.operations().misses());
    return new Overall(
        sum(readings, reading -> reading.operations().total()),
        hits,
        misses,
        sum(readings, reading -> reading.operations().sets()),
        sum(readings, reading -> reading.operations().deletes()),
        share(hits, misses),
        share(misses, hits));
  }

  /** Of each server, what the first gateway says that knows it, added up. */
  private static @Nullable Long sumOfServers(
      List<CacheReading.Redis> tiers, Function<CacheReading.Redis, @Nullable Long> value) {
    Collection<Long> values =
        tiers.stream()
            .filter(tier -> value.apply(tier) != null)
            .collect(Collectors.toMap(CacheReading.Redis::server, value, (first, second) -> first))
            .values();
    return values.isEmpty() ? null : sum(values, Long::longValue);
  }

  static <T> long sum(Collection<T> values, ToLongFunction<T> value) {
    return values.stream().mapToLong(value).sum();
  }

  private static @Nullable Double share(long part, long rest) {
    return part + rest == 0 ? null : (double) part / (part + rest);
  }
}
