package dev.slipstream.engine.optimize;

import dev.slipstream.config.Settings;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.http.EndpointTerms;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The twelve rules, with what they act on.
 *
 * @param l1 the tier whose memory rules cut
 * @param relief collections
 * @param terms endpoints of the cache
 * @param budget how stale answers may become
 * @param redis L2; null where there is none
 * @param l2Budget what a request may wait for L2
 * @param admission which requests the application is asked about
 * @param nanoTicker the time in nanoseconds
 */
record Rules(
    MemoryLimits.Tier l1,
    GcRelief relief,
    EndpointTerms terms,
    StalenessBudget budget,
    RedisRule.@Nullable Tier redis,
    Duration l2Budget,
    AdmissionControl admission,
    LongSupplier nanoTicker) {
  private static final double SLOW_MILLIS = 2_000;
  private static final double VERY_SLOW_MILLIS = 5_000;
  private static final double LARGE_BYTES = 10_240;
  private static final double MUCH_GC_PERCENT = 10;
  private static final Set<Metric> MEMORY_FIRST = Set.of(Metric.ERROR_RATE);

  /** Adds them all, each from its level. */
  void addTo(Optimizer optimizer, Settings.Performance settings) {
    Ladder ladder = Ladder.of(settings);
    MemoryLimits limits =
        new MemoryLimits(
            l1, Threshold.percent(ladder.cleanupMemory()), Threshold.percent(MUCH_GC_PERCENT));
    optimizer.leaveTo(limits);
    optimizer.add(new HighCpuRule(ladder.highCpu(), relief), Level.CONSERVATIVE);
    optimizer.add(new ThrottleRule(ladder.throttlingCpu(), admission, nanoTicker), Level.BALANCED);
    optimizer.add(new BreakerRule(admission, nanoTicker), Level.BALANCED);
    optimizer.add(
        new EmergencyRule(ladder.emergencyCpu(), admission, nanoTicker), Level.AGGRESSIVE);
    optimizer.add(cacheCleanup(ladder, limits), Level.CONSERVATIVE);
    optimizer.add(new AggressiveGcRule(ladder, limits, relief), Level.BALANCED);
    optimizer.add(emergencyCleanup(ladder.emergencyMemory(), limits), Level.AGGRESSIVE);
    optimizer.add(gcOverhead(limits), Level.BALANCED);
    optimizer.add(enhancedCaching(), Level.CONSERVATIVE);
    optimizer.add(responseCompression(), Level.BALANCED);
    optimizer.add(new LowHitRateRule(terms), Level.CONSERVATIVE);
    if (redis != null) {
      optimizer.add(new RedisRule(l2Budget, redis), Level.CONSERVATIVE);
    }
  }

  private OptimizerRule cacheCleanup(Ladder ladder, MemoryLimits limits) {
    return new GatewayRule(
        "cache_cleanup",
        Metric.MEMORY,
        Threshold.percent(ladder.cleanupMemory()),
        ladder.emergencyMemory(),
        Set.of(Metric.P95, Metric.ERROR_RATE),
        "shrink L1",
        limits::cut,
        Trigger.Timing.PROMPT);
  }

  private OptimizerRule emergencyCleanup(double percent, MemoryLimits limits) {
    return new GatewayRule(
        "emergency_cleanup",
        Metric.MEMORY,
        Threshold.percent(percent),
        100,
        MEMORY_FIRST,
        "empty L1, halve its maximum and that of bodies",
        (reading, level) -> {
          Action emptied = limits.empty();
          terms.bodyShare(0.5);
          return new Action() {
            @Override
            public String what() {
              return emptied.what() + ", max_body halved";
            }

            @Override
            public void leave() {
              emptied.leave();
            }

            @Override
            public void inVain() {
              emptied.inVain();
            }

            @Override
            public void undo() {
              terms.bodyShare(1);
              emptied.undo();
            }
          };
        },
        Trigger.Timing.PROMPT);
  }

  private OptimizerRule gcOverhead(MemoryLimits limits) {
    return new GatewayRule(
        "gc_overhead",
        Metric.GC_TIME,
        Threshold.percent(MUCH_GC_PERCENT),
        50,
        Set.of(Metric.P95, Metric.ERROR_RATE),
        "shrink L1",
        limits::cut,
        Trigger.Timing.STEADY);
  }

  private OptimizerRule enhancedCaching() {
    StaleGrants grants = new StaleGrants(terms, budget);
    return new EndpointRule(
        "enhanced_caching",
        SLOW_MILLIS,
        figures -> figures.endpoint().startsWith("GET ") && figures.lookups() > 0,
        "raise its staleness budget, give stale answers while they are refreshed",
        (reading, level) -> grants.grant(reading));
  }

  private OptimizerRule responseCompression() {
    return new EndpointRule(
        "response_compression",
        VERY_SLOW_MILLIS,
        figures ->
            figures.endpoint().startsWith("GET ")
                && figures.lookups() > 0
                && figures.meanBodyBytes() != null
                && figures.meanBodyBytes() >= LARGE_BYTES,
        "send what is stored of it in gzip, from the miss on",
        (reading, level) -> {
          terms.change(reading.subject(), now -> now.withGzip(true));
          return Action.of(
              "what is stored from now on goes out in gzip, from the miss on",
              () -> terms.change(reading.subject(), now -> now.withGzip(false)));
        });
  }
}
