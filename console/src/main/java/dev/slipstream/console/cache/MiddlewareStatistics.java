package dev.slipstream.console.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP caches of some gateways together.
 *
 * @param requestsCached exchanges answered from the cache
 * @param cacheBypassed exchanges in which the cache took no part
 * @param cacheErrors errors of the agent itself, and operations on Redis that failed or ran over
 *     their budget
 * @param avgResponseTimeMs mean time of an exchange in milliseconds, weighted by exchanges; {@code
 *     null} before the first
 * @param cacheSizeBytes memory that entries take in the gateways
 */
public record MiddlewareStatistics(
    long requestsCached,
    long cacheBypassed,
    long cacheErrors,
    @Nullable Double avgResponseTimeMs,
    long cacheSizeBytes) {

  static MiddlewareStatistics of(List<CacheReading> readings) {
    return new MiddlewareStatistics(
        CacheStatistics.sum(readings, reading -> reading.exchanges().hits()),
        CacheStatistics.sum(readings, reading -> reading.exchanges().bypasses()),
        CacheStatistics.sum(readings, MiddlewareStatistics::errors),
        meanMillis(readings),
        CacheStatistics.sum(readings, reading -> reading.memory().bytes()));
  }

  private static long errors(CacheReading reading) {
    CacheReading.Redis redis = reading.redis();
    return reading.agentErrors() + (redis == null ? 0 : redis.errors());
  }

  private static @Nullable Double meanMillis(List<CacheReading> readings) {
    double millis = 0;
    long requests = 0;
    for (CacheReading reading : readings) {
      CacheReading.Exchanges exchanges = reading.exchanges();
      Double mean = exchanges.meanMillis();
      if (mean != null) {
        millis += mean * exchanges.requests();
        requests += exchanges.requests();
      }
    }
    return requests == 0 ? null : millis / requests;
  }
}
