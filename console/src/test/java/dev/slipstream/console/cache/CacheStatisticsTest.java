package dev.slipstream.console.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipstream.console.cache.CacheReading.Exchanges;
import dev.slipstream.console.cache.CacheReading.Memory;
import dev.slipstream.console.cache.CacheReading.Operations;
import dev.slipstream.console.cache.CacheReading.Redis;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheStatisticsTest {
  private static final CacheReading IDLE =
      new CacheReading(
          new Exchanges(0, 0, 0, null),
          new Operations(0, 0, 0, 0, 0),
          new Memory(0, 0, 0, 0, 0, null),
          null,
          0);

  @Test
  void rates_areAbsentBeforeTheFirstTraffic() {
    CacheStatistics statistics = CacheStatistics.of(List.of(IDLE, IDLE));
    assertThat(statistics.l1MemoryCache().hitRate()).isNull();
    assertThat(statistics.l2RedisCache().hitRate()).isNull();
    assertThat(statistics.overallStatistics().hitRate()).isNull();
    assertThat(statistics.overallStatistics().missRate()).isNull();
    assertThat(MiddlewareStatistics.of(List.of(IDLE, IDLE)).avgResponseTimeMs()).isNull();
  }

  @Test
  void rates_areZeroAndOneOnlyIfMeasured() {
    CacheStatistics statistics = CacheStatistics.of(List.of(operations(0, 5)));
    assertThat(statistics.overallStatistics().hitRate()).isZero();
    assertThat(statistics.overallStatistics().missRate()).isOne();
  }

  @Test
  void rates_comeFromTheSums_notFromTheMeanOfRates() {
    CacheStatistics statistics =
        CacheStatistics.of(List.of(operations(90, 10), operations(0, 900)));
    assertThat(statistics.overallStatistics().hits()).isEqualTo(90);
    assertThat(statistics.overallStatistics().hitRate()).isEqualTo(0.09);
    assertThat(statistics.overallStatistics().missRate()).isEqualTo(0.91);
  }

  @Test
  void sharedRedis_countsOnce_butEachGatewaysLookupsCount() {
    CacheStatistics.RedisCache redis =
        CacheStatistics.of(
                List.of(
                    redis(new Redis("r:1", true, 1_000L, 50L, 30, 10, 0)),
                    redis(new Redis("r:1", true, 1_001L, 51L, 0, 60, 0)),
                    redis(new Redis("r:2", true, 500L, 5L, 0, 0, 0))))
            .l2RedisCache();
    assertThat(redis).isEqualTo(new CacheStatistics.RedisCache(true, 1_500L, 55L, 0.3));
  }

  @Test
  void sharedRedis_isCountedByAGatewayThatKnows() {
    CacheStatistics.RedisCache redis =
        CacheStatistics.of(
                List.of(
                    redis(new Redis("r:1", false, null, null, 0, 0, 0)),
                    redis(new Redis("r:1", true, 7L, 8L, 0, 0, 0))))
            .l2RedisCache();
    assertThat(redis).isEqualTo(new CacheStatistics.RedisCache(false, 7L, 8L, null));
  }

  @Test
  void redis_isAbsent_whereNoneIsConfigured() {
    assertThat(CacheStatistics.of(List.of(IDLE)).l2RedisCache())
        .isEqualTo(new CacheStatistics.RedisCache(false, null, null, null));
    CacheReading withRedis = redis(new Redis("r:1", true, 7L, 8L, 0, 0, 0));
    assertThat(CacheStatistics.of(List.of(IDLE, withRedis)).l2RedisCache().connected()).isTrue();
  }

  @Test
  void meanResponseTime_isWeightedByExchanges() {
    MiddlewareStatistics statistics =
        MiddlewareStatistics.of(
            List.of(exchanges(300, 2.0), exchanges(100, 10.0), exchanges(5, null)));
    assertThat(statistics.avgResponseTimeMs()).isCloseTo(4.0, within(1e-9));
  }

  @Test
  void errors_areTheAgentsAndThoseOfRedis() {
    CacheReading reading =
        new CacheReading(
            IDLE.exchanges(),
            IDLE.operations(),
            IDLE.memory(),
            new Redis("r:1", false, null, null, 0, 0, 40),
            2);
    assertThat(MiddlewareStatistics.of(List.of(reading, IDLE)).cacheErrors()).isEqualTo(42);
  }

  private static CacheReading operations(long hits, long misses) {
    Operations operations = new Operations(hits + misses, hits, misses, 0, 0);
    return new CacheReading(IDLE.exchanges(), operations, IDLE.memory(), null, 0);
  }

  private static CacheReading exchanges(long requests, Double meanMillis) {
    Exchanges exchanges = new Exchanges(requests, 0, 0, meanMillis);
    return new CacheReading(exchanges, IDLE.operations(), IDLE.memory(), null, 0);
  }

  private static CacheReading redis(Redis redis) {
    return new CacheReading(IDLE.exchanges(), IDLE.operations(), IDLE.memory(), redis, 0);
  }
}
