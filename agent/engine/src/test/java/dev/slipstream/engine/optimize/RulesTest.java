package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.OptimizationLevel;
import dev.slipstream.config.PerformanceMode;
import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.Priority;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.TurnedAway;
import dev.slipstream.engine.http.EndpointTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of the twelve rules: when it enters, what it changes, and that it takes that back. */
class RulesTest {
  private static final long MAX = 100 << 20;
  private static final String ENDPOINT = "GET /items";

  /** L1 as rules see it. */
  private static final class FakeTier implements MemoryLimits.Tier {
    long limit = MAX;
    int cleared;

    @Override
    public long maxBytes() {
      return MAX;
    }

    @Override
    public long heldBytes() {
      return limit;
    }

    @Override
    public void limit(long bytes) {
      limit = bytes;
    }

    @Override
    public long clear() {
      cleared++;
      return 7;
    }
  }

  private final FakeTier tier = new FakeTier();
  private final EndpointTerms terms = new EndpointTerms();
  private final List<String> raised = new ArrayList<>();
  private final AdmissionControl admission = new AdmissionControl(true, 4, path -> false);
  private int collections;
  private boolean redisPaused;
  private long now = Samples.START;
  private Optimizer optimizer;

  @BeforeEach
  void begin() {
    begin(PerformanceMode.ACT);
  }

  private void begin(PerformanceMode mode) {
    Settings.Performance settings = Samples.settings(mode, OptimizationLevel.AGGRESSIVE);
    optimizer =
        new Optimizer(
            settings,
            () -> true,
            (activation, change) -> {},
            (what, error) -> {
              throw new AssertionError(what, error);
            });
    new Rules(
            tier,
            new GcRelief(new Collector("ZGC", true, ""), 70, () -> collections++),
            terms,
            endpoint -> {
              raised.add(endpoint);
              return () -> raised.remove(endpoint);
            },
            value -> redisPaused = value,
            Duration.ofMillis(50),
            admission,
            this::nanos)
        .addTo(optimizer, settings);
  }

  private long nanos() {
    return now * 1_000_000;
  }

  private void tick(int samples, Measurements.Builder measured) {
    Measurements same = measured.build();
    for (int i = 0; i < samples; i++) {
      optimizer.tick(new Measurements(now, same.values(), same.endpoints(), same.injected()));
      beat(10);
    }
  }

  private void beat(int times) {
    for (int i = 0; i < times; i++) {
      optimizer.fastTick(now);
      now += 500;
    }
  }

  private static Measurements.Builder metric(Metric metric, double value) {
    return Measurements.at(0).add(metric, value);
  }

  private static Measurements.Builder endpoint(double p95Millis) {
    return Measurements.at(0)
        .add(
            new EndpointFigures(
                ENDPOINT, 1_200, 20, p95Millis, 10.0, 20.0, 0.0, 0.5, 20_000.0, 100, 50, null));
  }

  private int active(String rule) {
    RuleRun run = optimizer.run(rule);
    assertThat(run).as(rule).isNotNull();
    return run.active();
  }

  private Activation latest(String rule) {
    return optimizer.activations().stream()
        .filter(one -> one.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void all_twelve() {
    assertThat(optimizer.runs())
        .extracting(run -> run.rule().name())
        .containsExactlyInAnyOrder(
            "high_cpu_gc",
            "request_throttling",
            "emergency_mode",
            "cache_cleanup",
            "aggressive_gc",
            "emergency_cleanup",
            "enhanced_caching",
            "response_compression",
            "error_breaker",
            "low_hit_rate",
            "l2_degraded",
            "gc_overhead");
  }

  @ParameterizedTest
  @CsvSource({
    "high_cpu_gc, CPU, 90, CONSERVATIVE",
    "emergency_mode, CPU, 98, AGGRESSIVE",
    "cache_cleanup, MEMORY, 80, CONSERVATIVE",
    "aggressive_gc, MEMORY, 90, BALANCED",
    "emergency_cleanup, MEMORY, 95, AGGRESSIVE",
    "gc_overhead, GC_TIME, 10, BALANCED",
    "l2_degraded, L2_P95, 50, CONSERVATIVE",
  })
  void gatewayRule_threshold_followsTheSettings(
      String rule, Metric metric, double threshold, Level from) {
    assertThat(optimizer.run(rule).from()).isEqualTo(from);
    tick(10, metric(metric, threshold));
    assertThat(active(rule)).isZero();
    tick(3, metric(metric, threshold + 0.5));
    assertThat(active(rule)).isEqualTo(1);
    assertThat(latest(rule).reason())
        .contains(metric.format(threshold + 0.5))
        .contains(metric.format(threshold));
  }

  @ParameterizedTest
  @CsvSource({
    "high_cpu_gc, CPU, 95, 79",
    "emergency_mode, CPU, 99, 87",
    "cache_cleanup, MEMORY, 85, 69",
    "aggressive_gc, MEMORY, 93, 79",
    "emergency_cleanup, MEMORY, 97, 84",
    "gc_overhead, GC_TIME, 20, 4",
  })
  void gatewayRule_leaves_afterSixSamplesWellBelow(
      String rule, Metric metric, double over, double under) {
    tick(3, metric(metric, over));
    tick(5, metric(metric, under));
    assertThat(active(rule)).isEqualTo(1);
    tick(1, metric(metric, under));
    assertThat(active(rule)).isZero();
    tick(6, metric(metric, 0)); // so that those below it leave, too
    tick(12 * 8, metric(metric, 0)); // and what they cut is given back
    assertThat(tier.limit).isEqualTo(MAX);
    assertThat(admission.emergency().isOn(nanos())).isFalse();
  }

  @Test
  void cacheCleanup_cutsMoreWhereMemoryRises() {
    tick(3, metric(Metric.MEMORY, 81));
    long gentle = tier.limit;
    assertThat(gentle).isBetween((long) (MAX * 0.75), (long) (MAX * 0.82));
    tick(1, metric(Metric.MEMORY, 89));
    assertThat(tier.limit).isLessThan(gentle);
    assertThat(latest("cache_cleanup").what()).startsWith("L1 cut by 75 % of 100.0 MB, to 25.0 MB");
    long cut = tier.limit;
    tick(6, metric(Metric.MEMORY, 60));
    assertThat(active("cache_cleanup")).isZero();
    assertThat(tier.limit).as("not all at once").isBetween(cut, (long) (MAX * 0.85));
    tick(12 * 8, metric(Metric.MEMORY, 60));
    assertThat(tier.limit).isEqualTo(MAX);
  }

  @Test
  void cacheCleanup_memoryStays_cutsWithHowFarOver() {
    tick(6, metric(Metric.MEMORY, 86));
    assertThat(latest("cache_cleanup").what()).startsWith("L1 cut by 41 % of 100.0 MB, to 58.");
  }

  @Test
  void cacheCleanup_memoryRises_cutsForWhatItIsInTwoSeconds() {
    tick(1, metric(Metric.MEMORY, 50));
    optimizer.sees(Metric.MEMORY, 81);
    beat(1);
    optimizer.sees(Metric.MEMORY, 83); // 91 in 2 s
    beat(1);
    assertThat(latest("cache_cleanup").what()).startsWith("L1 cut by 60 % of 100.0 MB, to 40.0 MB");
    assertThat(latest("cache_cleanup").reason()).isEqualTo("memory 83.0 %, threshold 80.0 %");
    beat(10);
    assertThat(tier.limit).as("nothing is given back").isLessThanOrEqualTo((long) (MAX * 0.4));
  }

  @Test
  void cacheCleanup_heapFillsBetweenTwoSamples_actsWithinTwoLooks() {
    tick(1, metric(Metric.MEMORY, 50));
    optimizer.sees(Metric.MEMORY, 86);
    beat(1);
    assertThat(active("cache_cleanup")).isZero();
    beat(1);
    assertThat(active("cache_cleanup")).isEqualTo(1);
    long cut = tier.limit;
    optimizer.sees(Metric.MEMORY, 94);
    beat(1);
    assertThat(tier.limit).isLessThan(cut);
  }

  @Test
  void cacheCleanup_whatIsMadeUp_isNotOverwritten() {
    String unused = optimizer.injectMetric("memory", 90, 30, now);
    tick(1, metric(Metric.MEMORY, 50));
    optimizer.sees(Metric.MEMORY, 50);
    beat(3);
    assertThat(active("cache_cleanup")).isEqualTo(1);
  }

  @Test
  void cacheCleanup_level_boundsTheCut() {
    optimizer.setLevel(OptimizationLevel.CONSERVATIVE);
    tick(6, metric(Metric.MEMORY, 100));
    assertThat(tier.limit).isEqualTo((long) (MAX * 0.75));
    assertThat(active("aggressive_gc")).isZero();
  }

  @Test
  void severalMemoryRules_theSmallestCounts_andEachTakesBackItsOwn() {
    tick(3, metric(Metric.MEMORY, 97));
    assertThat(tier.cleared).isEqualTo(1);
    assertThat(tier.limit).isLessThanOrEqualTo(MAX / 2);
    assertThat(terms.bodyShare()).isEqualTo(0.5);
    tick(6, metric(Metric.MEMORY, 84)); // emergency_cleanup leaves, cache_cleanup stays
    assertThat(active("emergency_cleanup")).isZero();
    assertThat(terms.bodyShare()).isEqualTo(1);
    assertThat(active("cache_cleanup")).isEqualTo(1);
    assertThat(tier.limit).isLessThan(MAX);
    tick(6 + 12 * 8, metric(Metric.MEMORY, 60));
    assertThat(tier.limit).isEqualTo(MAX);
  }

  @Test
  void highCpu_heapHasNothingToGive_asksForNoCollection() {
    tick(3, metric(Metric.CPU, 95).add(Metric.HEAP_AFTER_COLLECTION, 40.0));
    assertThat(collections).isZero();
    assertThat(latest("high_cpu_gc").what())
        .isEqualTo("no collection: heap after collection 40.0 % is below 70 %");
  }

  @Test
  void highCpu_heapIsFull_asksAtMostEveryFiveMinutes() {
    tick(60, metric(Metric.CPU, 95).add(Metric.HEAP_AFTER_COLLECTION, 75.0));
    assertThat(collections).isEqualTo(1);
    tick(5, metric(Metric.CPU, 95).add(Metric.HEAP_AFTER_COLLECTION, 75.0));
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void emergency_refusesSheddableOnly_andItsTimeIsMeasured() {
    EndpointGuard guard = admission.guard("GET", "/items", nanos());
    tick(3, metric(Metric.CPU, 99));
    assertThat(admission.admit(guard, Priority.SHEDDABLE, "/items", nanos()).reason())
        .isEqualTo(TurnedAway.Reason.EMERGENCY);
    assertThat(admission.admit(guard, Priority.DEFAULT, "/items", nanos())).isNull();
    tick(6, metric(Metric.CPU, 50));
    assertThat(admission.admit(guard, Priority.SHEDDABLE, "/items", nanos())).isNull();
    assertThat(optimizer.activeMillis("emergency_mode")).isEqualTo(30_000);
  }

  /** Its rule neither leaves nor begins it anew: the processor is busy, but not beyond measure. */
  @Test
  void emergency_thatItsRuleDoesNotEnd_endsByItself() {
    EndpointGuard guard = admission.guard("GET", "/items", nanos());
    tick(3, metric(Metric.CPU, 99)); // since 10 s
    tick(58, metric(Metric.CPU, 93)); // to 305 s
    assertThat(admission.emergency().isOn(nanos())).isTrue();
    tick(2, metric(Metric.CPU, 93));
    assertThat(active("emergency_mode")).isEqualTo(1);
    assertThat(admission.emergency().isOn(nanos())).isFalse();
    assertThat(admission.admit(guard, Priority.SHEDDABLE, "/items", nanos())).isNull();
    assertThat(admission.emergency().millis(nanos())).isEqualTo(300_000);
    tick(1, metric(Metric.CPU, 99));
    assertThat(admission.emergency().isOn(nanos())).as("begun anew").isTrue();
    tick(6, metric(Metric.CPU, 50));
    assertThat(admission.emergency().isOn(nanos())).isFalse();
  }

  @Test
  void enhancedCaching_grantsWithHowSlow_andTakesBack() {
    tick(2, endpoint(2_500));
    assertThat(terms.of(ENDPOINT).staleMillis()).isZero();
    tick(1, endpoint(2_500));
    assertThat(raised).containsExactly(ENDPOINT);
    assertThat(terms.of(ENDPOINT).staleMillis()).isEqualTo(16_250);
    tick(1, endpoint(9_000));
    assertThat(terms.of(ENDPOINT).staleMillis()).isEqualTo(60_000);
    assertThat(terms.of("GET /other").staleMillis()).isZero();
    tick(6, endpoint(1_000));
    assertThat(terms.changed()).isNull();
    assertThat(raised).isEmpty();
  }

  @Test
  void enhancedCaching_effect_isTheEndpointsOwn_aMinuteLater() {
    tick(3, endpoint(4_000).add(Metric.P95, 50.0));
    tick(11, endpoint(4_000).add(Metric.P95, 50.0)); // still the minute before
    assertThat(latest("enhanced_caching").effect()).isNull();
    tick(7, endpoint(2_500).add(Metric.P95, 50.0));
    assertThat(latest("enhanced_caching").effect().verdict()).isEqualTo(Verdict.HELPED);
    assertThat(latest("enhanced_caching").effect().why()).isEqualTo("p95 from 4000 ms to 2500 ms");
  }

  @Test
  void enhancedCaching_endpointIsGone_effectIsNotTheGateways() {
    tick(3, endpoint(9_000).add(Metric.P95, 50.0));
    tick(6, Measurements.at(0).add(Metric.P95, 50.0));
    assertThat(latest("enhanced_caching").effect().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void enhancedCaching_tooFewRequests_isNotJudged() {
    EndpointFigures few =
        new EndpointFigures(
            ENDPOINT, 19, 0.3, 9_000.0, 10.0, 20.0, 0.0, 0.5, 20_000.0, 100, 50, null);
    tick(10, Measurements.at(0).add(few));
    assertThat(terms.changed()).isNull();
  }

  @Test
  void enhancedCaching_whatTheCacheHasNoPartIn_isLeftAlone() {
    tick(
        10,
        Measurements.at(0)
            .add(
                new EndpointFigures(
                    "POST /a", 1_200, 20, 9_000.0, 10.0, 20.0, 0.0, null, 20_000.0, 0, 0, null))
            .add(
                new EndpointFigures(
                    "GET /b", 1_200, 20, 9_000.0, 10.0, 20.0, 0.0, null, 20_000.0, 0, 0, null)));
    assertThat(terms.changed()).isNull();
  }

  @Test
  void responseCompression_largeAndSlow_gzipsAndTakesBack() {
    tick(3, endpoint(6_000));
    assertThat(terms.of(ENDPOINT).gzip()).isTrue();
    tick(6, endpoint(1_000));
    assertThat(terms.of(ENDPOINT).gzip()).isFalse();
  }

  @Test
  void responseCompression_smallBodies_isLeftAlone() {
    tick(
        10,
        Measurements.at(0)
            .add(
                new EndpointFigures(
                    ENDPOINT, 1_200, 20, 9_000.0, 10.0, 20.0, 0.0, 0.5, 9_000.0, 9, 4, null)));
    assertThat(terms.of(ENDPOINT).gzip()).isFalse();
  }

  /** One sample with so many look-ups since the start. */
  private void lookups(long lookups, long hits) {
    tick(
        1,
        Measurements.at(0)
            .add(
                new EndpointFigures(
                    ENDPOINT, 600, 10, 5.0, 5.0, 5.0, 0.0, 0.0, 100.0, lookups, hits, null)));
  }

  @Test
  void lowHitRate_nothingFoundInTenMinutes_stopsToStoreForHalfAnHour() {
    for (int i = 0; i < 120; i++) {
      lookups(i * 50L, 0);
    }
    assertThat(terms.of(ENDPOINT).stored()).as("before ten minutes").isTrue();
    lookups(6_000, 0);
    lookups(6_050, 0);
    lookups(6_100, 0);
    assertThat(terms.of(ENDPOINT).stored()).isFalse();
    assertThat(latest("low_hit_rate").reason())
        .isEqualTo("0 of 6100 look-ups in 10 min found something, threshold 1 %");
    for (int i = 0; i < 365; i++) {
      lookups(6_100 + i * 50L, 0);
    }
    assertThat(terms.of(ENDPOINT).stored()).as("tried again").isTrue();
    for (int i = 0; i < 140; i++) {
      lookups(30_000 + i * 50L, 0);
    }
    assertThat(terms.of(ENDPOINT).stored()).as("and stopped again").isFalse();
  }

  @Test
  void lowHitRate_someAreFound_stores() {
    for (int i = 0; i < 200; i++) {
      lookups(i * 50L, i * 2L);
    }
    assertThat(terms.of(ENDPOINT).stored()).isTrue();
  }

  @Test
  void lowHitRate_fewLookups_stores() {
    for (int i = 0; i < 200; i++) {
      lookups(i, 0);
    }
    assertThat(terms.of(ENDPOINT).stored()).isTrue();
  }

  @Test
  void redisDegraded_isLeftOutForTwoMinutesAndTriedAgain() {
    tick(3, metric(Metric.L2_P95, 80));
    assertThat(redisPaused).isTrue();
    tick(24, Measurements.at(0)); // nothing is measured meanwhile
    assertThat(redisPaused).isTrue();
    tick(6, Measurements.at(0));
    assertThat(redisPaused).isFalse();
  }

  private void calls(EndpointGuard guard, int count, boolean failed, long millis) {
    for (int i = 0; i < count; i++) {
      long began = nanos();
      if (guard.admit(Priority.DEFAULT, began) == null) {
        guard.ended(began, began + millis * 1_000_000, failed, true);
      }
    }
  }

  private void fast(int ticks) {
    for (int i = 0; i < ticks; i++) {
      now += 500;
      admission.tick(nanos());
      optimizer.fastTick(now);
    }
  }

  @Test
  void breaker_failingEndpoint_opensWithinTwoSecondsAndClosesAgain() {
    EndpointGuard guard = admission.guard("GET", "/items", nanos());
    calls(guard, 50, true, 1);
    fast(2);
    assertThat(active("error_breaker")).isEqualTo(1);
    assertThat(guard.admit(Priority.DEFAULT, nanos()).reason())
        .isEqualTo(TurnedAway.Reason.BREAKER_OPEN);
    assertThat(latest("error_breaker").reason())
        .startsWith("50 of the last 50 calls failed or were slow, threshold 50 %");
    for (int i = 0; i < 60; i++) {
      calls(guard, 3, false, 1);
      fast(1);
    }
    assertThat(active("error_breaker")).isZero();
    assertThat(guard.admit(Priority.DEFAULT, nanos())).isNull();
  }

  @Test
  void breaker_disabledWhileOpen_isClosedAtOnce() {
    EndpointGuard guard = admission.guard("GET", "/items", nanos());
    calls(guard, 50, true, 1);
    fast(2);
    optimizer.setEnabled("error_breaker", false);
    assertThat(guard.admit(Priority.DEFAULT, nanos())).isNull();
  }

  @Test
  void throttle_slowBackend_limitsTheEndpointAloneWithinTwoSeconds() {
    EndpointGuard slow = admission.guard("GET", "/slow", nanos());
    EndpointGuard other = admission.guard("GET", "/other", nanos());
    for (int i = 0; i < 60; i++) {
      calls(slow, 10, false, 20);
      calls(other, 10, false, 20);
      fast(1);
    }
    assertThat(active("request_throttling")).isZero();
    for (int i = 0; i < 100; i++) {
      assertThat(slow.admit(Priority.DEFAULT, nanos())).isNull();
    }
    fast(4);
    assertThat(active("request_throttling")).isEqualTo(1);
    assertThat(latest("request_throttling").subject()).isEqualTo("GET /slow");
    assertThat(slow.isThrottled()).isTrue();
    assertThat(other.isThrottled()).isFalse();
    optimizer.close();
    assertThat(slow.isThrottled()).isFalse();
  }

  @Test
  void throttle_busyProcessor_countsOnceItWasMeasuredTwice() {
    EndpointGuard guard = admission.guard("GET", "/items", nanos());
    for (int i = 0; i < 60; i++) {
      calls(guard, 10, false, 20);
      fast(1);
    }
    tick(1, metric(Metric.CPU, 50));
    tick(1, metric(Metric.CPU, 99));
    for (int i = 0; i < 8; i++) {
      long began = nanos();
      for (int j = 0; j < 10; j++) {
        guard.admit(Priority.DEFAULT, began);
      }
      admission.tick(nanos());
      optimizer.fastTick(now);
      for (int j = 0; j < 10; j++) {
        guard.ended(began, began + 20_000_000, false, true);
      }
      now += 500;
    }
    assertThat(active("request_throttling")).isZero();
    for (int j = 0; j < 10; j++) {
      guard.admit(Priority.DEFAULT, nanos());
    }
    admission.tick(nanos());
    tick(1, metric(Metric.CPU, 99));
    optimizer.fastTick(now);
    optimizer.fastTick(now);

    assertThat(active("request_throttling")).isEqualTo(1);
  }

  @Test
  void observe_changesNothing() {
    begin(PerformanceMode.OBSERVE);
    EndpointGuard guard = admission.guard("GET", "/items", nanos());
    calls(guard, 50, true, 1);
    fast(3);
    tick(
        5, endpoint(9_000).add(Metric.MEMORY, 99.0).add(Metric.CPU, 99.5).add(Metric.L2_P95, 90.0));
    assertThat(optimizer.active()).isGreaterThanOrEqualTo(8);
    assertThat(terms.changed()).isNull();
    assertThat(tier.limit).isEqualTo(MAX);
    assertThat(tier.cleared).isZero();
    assertThat(collections).isZero();
    assertThat(redisPaused).isFalse();
    assertThat(admission.emergency().isOn(nanos())).isFalse();
    assertThat(guard.admit(Priority.DEFAULT, nanos())).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomWalk_afterClose_everythingIsAsItWas(long seed) {
    Random random = new Random(seed);
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    double p95 = 1_000;
    int entered = 0;
    for (int i = 0; i < 1_500; i++) {
      Measurements.Builder measured = Measurements.at(now);
      for (Metric metric : Metric.values()) {
        double range = Math.min(100, metric.greatest());
        double step = random.nextGaussian() * range / 12;
        double value = Math.max(0, Math.min(range, values.getOrDefault(metric, 0.0) + step));
        values.put(metric, value);
        measured.add(metric, value);
      }
      p95 = Math.max(1, Math.min(20_000, p95 * (1 + random.nextGaussian() * 0.2)));
      if (random.nextInt(50) > 0) {
        measured.add(
            new EndpointFigures(
                ENDPOINT, 100, 2, p95, 10.0, p95 / 2, 0.0, 0.1, 2e4, i * 100L, i / 10, null));
      }
      if (random.nextInt(100) == 0) {
        List<RuleRun> runs = optimizer.runs();
        String rule = runs.get(random.nextInt(runs.size())).rule().name();
        optimizer.setEnabled(rule, random.nextBoolean());
        optimizer.setLevel(List.of(OptimizationLevel.values()).get(random.nextInt(4)));
      }
      optimizer.tick(measured.build());
      now += 5_000;
      entered = Math.max(entered, optimizer.active());
    }
    assertThat(entered).isPositive();
    optimizer.close();
    assertThat(optimizer.active()).isZero();
    assertThat(terms.changed()).isNull();
    assertThat(raised).isEmpty();
    assertThat(tier.limit).isEqualTo(MAX);
    assertThat(redisPaused).isFalse();
    assertThat(admission.emergency().isOn(nanos())).isFalse();
    assertThat(optimizer.activations())
        .allSatisfy(one -> assertThat(one.endedAtMillis()).isNotNull());
  }
}
