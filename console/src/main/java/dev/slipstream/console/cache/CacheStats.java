package dev.slipstream.console.cache;

import java.util.List;

/** The statistics of some gateways, as the API gives them. */
public record CacheStats(
    CacheStatistics cacheStatistics, MiddlewareStatistics middlewareStatistics) {

  static CacheStats of(List<CacheReading> readings) {
    return new CacheStats(CacheStatistics.of(readings), MiddlewareStatistics.of(readings));
  }
}
