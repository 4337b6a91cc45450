package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.Budget;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.MemoryTierStatistics;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.learn.Caution;
import dev.slipstream.engine.monitor.Forecast;
import dev.slipstream.engine.profile.BudgetBurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecommendationsTest {
  private static final long MEGABYTE = 1 << 20;

  private final Settings settings = TestSettings.with();
  private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
  private Measurements measured = Measurements.at(Samples.START).build();
  private MemoryTierStatistics memory = memory(0, 0);
  private long stores;
  private Set<String> unkeyed = Set.of();
  private String redis = "";
  private String collector = "";
  private List<String> suspended = List.of();
  private int observed;
  private long emergency;
  private Outlook outlook = Outlook.NONE;
  private final List<BudgetState> budgets = new ArrayList<>();
  private final Map<String, Caution> cautions = new HashMap<>();

  private static MemoryTierStatistics memory(long puts, long evictions) {
    return new MemoryTierStatistics(
        10, null, 5 * MEGABYTE, 100 * MEGABYTE, 0, 0, puts, evictions, 0, 0, 0, 0);
  }

  private List<Recommendation> all() {
    return Recommendations.of(
        new Facts(
            settings, measured, memory, stores, refusals, unkeyed, redis, collector, suspended,
            observed, emergency, outlook, budgets, cautions));
  }

  private Recommendation only() {
    List<Recommendation> all = all();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void of_trends_whenL1IsFullAndWhenRequestsAreSlow() {
    Forecast full = new Forecast(95, Duration.ofMinutes(40), Duration.ofMinutes(30), null, 0.97);
    Forecast slow = new Forecast(500, Duration.ofMinutes(9), Duration.ofMinutes(8), null, 0.99);
    outlook = new Outlook(null, full, slow);
    assertThat(all())
        .extracting(Recommendation::type, Recommendation::evidence)
        .containsExactly(
            tuple(
                "p95_trend",
                "p95 of all requests reaches 500 ms in 9 min if it goes on like in the last 15"
                    + " min, confidence 0.99"),
            tuple(
                "l1_trend",
                "L1 reaches 95 % of its maximum in 40 min if it goes on like in the last 15 min,"
                    + " confidence 0.97"));
  }

  private static BudgetState budget(
      Double slow, Double slowInTheHour, Double errors, long requests, Forecast forecast) {
    Budget budget = new Budget(Duration.ofMillis(500), 0.01);
    return new BudgetState(
        "GET /items/{id}",
        new BudgetBurn(budget, slow, slowInTheHour, errors, errors, requests),
        forecast);
  }

  private void mayBeCached() {
    cautions.put("GET /items/{id}", new Caution(null, List.of()));
  }

  @Test
  void of_budgetOverdrawn_saysByHowMuchAndHowSurely() {
    mayBeCached();
    budgets.add(budget(2.0, 1.5, 3.0, 1_000, null));
    assertThat(all())
        .extracting(Recommendation::type, Recommendation::severity, Recommendation::change)
        .containsExactly(
            tuple(
                "error_budget",
                Recommendation.Severity.CRITICAL,
                "stale_if_error: 5m, in a rule with pattern: /items/*"),
            tuple(
                "p95_budget",
                Recommendation.Severity.WARNING,
                "stale_while_revalidate: 30s, in a rule with pattern: /items/*"));
    assertThat(all().get(1).evidence())
        .isEqualTo(
            "slower than 500 ms: 2.0 times what may be of 1000 requests in the last 5 min, 1.5"
                + " times in the last hour, confidence 1.00");
  }

  @Test
  void of_budgetOverdrawn_perhapsByChance_none() {
    budgets.add(budget(1.2, 1.5, 2.0, 100, null)); // 6 slow of 5 that may be; 2 failed of 1
    budgets.add(budget(9.0, 0.9, null, 1_000, null)); // a moment of an hour
    budgets.add(budget(9.0, 9.0, 9.0, 99, null));
    assertThat(all()).isEmpty();
  }

  @Test
  void of_budgetThatTimesWillReach_isAtRisk() {
    mayBeCached();
    Forecast soon = new Forecast(500, Duration.ofMinutes(18), Duration.ofMinutes(12), null, 0.98);
    budgets.add(budget(0.2, 0.1, 0.0, 50, soon));
    assertThat(only().message())
        .isEqualTo("p95 budget at risk: look at what makes GET /items/{id} slower");
    assertThat(only().evidence())
        .isEqualTo(
            "p95 of GET /items/{id} reaches 500 ms, its budget, in 18 min if it goes on like in"
                + " the last 15 min, confidence 0.98");
  }

  @Test
  void of_budgetOverdrawn_isNoMoreAtRisk() {
    Forecast soon = new Forecast(500, Duration.ofMinutes(18), Duration.ofMinutes(12), null, 0.98);
    budgets.add(budget(2.0, 1.5, 0.0, 1_000, soon));
    assertThat(only().type()).isEqualTo("p95_budget");
  }

  private void slowAndFaulty(String endpoint) {
    measured =
        Measurements.at(0)
            .add(
                new EndpointFigures(
                    endpoint, 600, 10, 3_000.0, 1.0, 1.0, 0.2, 0.0, 1.0, 0, 0, null))
            .build();
  }

  @Test
  void of_endpointWhoseAnswersArePrivate_noCaching() {
    slowAndFaulty("GET /items/{id}");
    cautions.put("GET /items/{id}", new Caution("3 answers said that they are private", List.of()));
    assertThat(all()).extracting(Recommendation::change).containsExactly("", "");
    assertThat(all().get(1).evidence())
        .endsWith("; no case for caching: 3 answers said that they are private");
    assertThat(all().get(1).message()).isEqualTo("Look at what makes GET /items/{id} slow");
  }

  @Test
  void of_endpointOfWhichNothingIsKnown_noCaching() {
    slowAndFaulty("GET /items/{id}");
    assertThat(all()).extracting(Recommendation::change).containsExactly("", "");
  }

  @Test
  void of_endpointWhoseRequestsSayWhoIsAsking_namesTheRisk() {
    slowAndFaulty("GET /items/{id}");
    cautions.put("GET /items/{id}", new Caution(null, List.of("9 requests said who is asking")));
    assertThat(all().get(1).change()).isEqualTo("ttl: 10s, in a rule with pattern: /items/*");
    assertThat(all())
        .extracting(Recommendation::evidence)
        .allMatch(evidence -> evidence.endsWith("; risk: 9 requests said who is asking"));
  }

  @Test
  void of_endpointThatChangesThings_noCaching() {
    slowAndFaulty("POST /items");
    cautions.put("POST /items", new Caution(null, List.of()));
    assertThat(only().type()).isEqualTo("faulty_endpoint");
    assertThat(only().change()).isEmpty();
  }

  @Test
  void of_thinData_none() {
    memory = memory(999, 999);
    refusals.put(Refusal.NOT_FRESH, 999L);
    measured =
        Measurements.at(0)
            .add(
                new EndpointFigures(
                    "GET /a", 19, 0.3, 9_000.0, 1.0, 1.0, 1.0, 0.0, 1.0, 999, 0, null))
            .build();
    assertThat(all()).isEmpty();
  }

  @Test
  void of_heapAboveTheThreshold_moreHeap() {
    measured = Samples.of(0, Metric.HEAP_AFTER_COLLECTION, 91.0);
    assertThat(only().evidence())
        .isEqualTo("heap after collection 91.0 %, threshold 85 %; L1 holds 5.0 MB");
    assertThat(only().change()).isEqualTo("-Xmx (larger), or cache_max_memory_mb: 50");
    assertThat(only().severity()).isEqualTo(Recommendation.Severity.CRITICAL);
  }

  @Test
  void of_evictions_largerL1WithTheFiguresBehindIt() {
    memory = memory(2_000, 500);
    measured = Samples.of(0, Metric.HEAP_AFTER_COLLECTION, 40.0);
    assertThat(only().message()).isEqualTo("Give L1 more memory");
    assertThat(only().evidence())
        .isEqualTo(
            "500 of 2000 entries stored in L1 were dropped for want of room (25 %); heap after"
                + " collection 40.0 %");
    assertThat(only().change()).isEqualTo("cache_max_memory_mb: 200");
    measured = Measurements.at(0).build();
    assertThat(only().message()).isEqualTo("Give L1 more memory once the heap has room for it");
  }

  @Test
  void of_evictionsThatOurOwnCutHasMade_none() {
    memory =
        new MemoryTierStatistics(
            10, null, 5 * MEGABYTE, 50 * MEGABYTE, 0, 0, 2_000, 500, 400, 0, 0, 0);
    assertThat(all()).isEmpty();
  }

  @Test
  void of_heapAboveTheThreshold_whileL1IsCut_halfOfWhatWasSet() {
    memory =
        new MemoryTierStatistics(10, null, 5 * MEGABYTE, 50 * MEGABYTE, 0, 0, 9, 0, 0, 0, 0, 0);
    measured = Samples.of(0, Metric.HEAP_AFTER_COLLECTION, 91.0);
    assertThat(only().change()).isEqualTo("-Xmx (larger), or cache_max_memory_mb: 50");
  }

  @Test
  void of_refusals_theReasonThatCountsWithItsLine() {
    stores = 3_000;
    refusals.put(Refusal.NOT_FRESH, 2_000L);
    refusals.put(Refusal.NO_STORE, 5_000L);
    refusals.put(Refusal.SET_COOKIE, 900L);
    assertThat(only().evidence()).isEqualTo("2000 of 10900 answers were not stored: not_fresh");
    assertThat(only().change()).isEqualTo("ttl: 10s, in a rule for the path");
  }

  @Test
  void of_endpoints_slowFaultyAndSeldomFound() {
    mayBeCached();
    measured =
        Measurements.at(0)
            .add(
                new EndpointFigures(
                    "GET /items/{id}", 600, 10, 3_000.0, 1.0, 1.0, 0.2, 0.0, 1.0, 5_000, 3, null))
            .build();
    assertThat(all())
        .extracting(Recommendation::type)
        .containsExactly("faulty_endpoint", "slow_endpoint", "low_hit_rate");
    assertThat(all().get(0).evidence()).isEqualTo("20.0 % of 600 requests in a minute failed");
    assertThat(all().get(2).change()).isEqualTo("mode: pass, in a rule with pattern: /items/*");
  }

  @Test
  void of_poorScore_isNamedWithIt() {
    measured =
        Measurements.at(0)
            .add(new EndpointFigures("GET /a", 600, 10, 9.0, 1.0, 1.0, 0.0, 0.0, 1.0, 9, 3, 0.3))
            .build();
    assertThat(only().evidence()).isEqualTo("score 0.30 of 1, 600 requests in a minute");
  }

  @Test
  void of_redis_lostAndSlow() {
    redis = "the breaker is open";
    measured = Samples.of(0, Metric.L2_P95, 40.0);
    assertThat(all())
        .extracting(Recommendation::change)
        .containsExactly("redis_url", "l2_budget: 80");
  }

  @Test
  void of_whatTheOptimizerItselfHasToSay() {
    suspended = List.of("gc_overhead: 3 of the last 3 activations did harm");
    observed = 4;
    emergency = 61_000;
    collector = "G1 stops the world without -XX:+ExplicitGCInvokesConcurrent";
    unkeyed = Set.of("X-Tenant");
    outlook =
        new Outlook(
            new Forecast(95, Duration.ofMinutes(40), Duration.ofMinutes(30), null, 0.97),
            null,
            null);
    assertThat(all())
        .extracting(Recommendation::type)
        .containsExactly(
            "capacity",
            "memory_trend",
            "unkeyed_fields",
            "suspended_rule",
            "collector",
            "observe_mode");
    assertThat(all().get(1).evidence())
        .isEqualTo(
            "memory reaches 95 % in 40 min if it goes on like in the last 15 min, confidence 0.97");
  }

  @Test
  void of_injectedValues_areMarked() {
    measured = Measurements.at(0).build().with(Map.of(Metric.HEAP_AFTER_COLLECTION, 95.0));
    assertThat(only().evidence()).endsWith("[some values are injected]");
  }

  @Test
  void score_isTheWeightedMeanOfWhatWasMeasured() {
    Measurements sample =
        Measurements.at(0)
            .add(Metric.ERROR_RATE, 0.01)
            .add(Metric.P95, 1_000.0)
            .add(Metric.HIT_RATE, 0.5)
            .add(Metric.CPU, 90.0)
            .build();
    Score score = Score.of(sample, 80, 85);
    assertThat(score.parts())
        .containsOnly(
            Map.entry("errors", 0.8),
            Map.entry("latency", 0.5),
            Map.entry("caching", 0.5),
            Map.entry("cpu", 0.5));
    assertThat(score.value())
        .isCloseTo(
            (0.3 * 0.8 + 0.25 * 0.5 + 0.2 * 0.5 + 0.1 * 0.5) / 0.85,
            org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void score_withoutTraffic_isNone() {
    assertThat(Score.of(Samples.of(0, Metric.CPU, 10.0), 80, 85).value()).isNull();
  }
}
