package dev.slipstream.engine.optimize;

import dev.slipstream.engine.cache.MemoryTierStatistics;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.monitor.Forecast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Draws recommendations from facts. Pure.
 *
 * <p>Where too little was seen there is none: {@value #MANY} stores, refusals or look-ups for what
 * counts them, {@value EndpointRule#LEAST_REQUESTS} exchanges in a minute for what is timed.
 */
final class Recommendations {
  private static final long MANY = 1_000;
  private static final double MUCH = 0.1;
  private static final double NEAR = 0.5;
  private static final long BYTES_IN_MEGABYTE = 1 << 20;

  private final Facts facts;
  private final List<Recommendation> found = new ArrayList<>();

  private Recommendations(Facts facts) {
    this.facts = facts;
  }

  /** All that the facts support, the weightiest first. */
  static List<Recommendation> of(Facts facts) {
    Recommendations all = new Recommendations(facts);
    all.heap();
    all.trends();
    all.evictions();
    all.collector();
    all.redis();
    all.refusals();
    all.unkeyedFields();
    EndpointAdvice.of(facts).forEach(all::add);
    all.rules();
    all.found.sort(Comparator.comparing(Recommendation::severity)); // stable
    return List.copyOf(all.found);
  }

  private void heap() {
    Double heap = facts.measured().value(Metric.HEAP_AFTER_COLLECTION);
    int threshold = facts.settings().performance().memoryThresholdPercent();
    if (heap != null && heap > threshold) {
      add(
          "heap",
          Recommendation.Severity.CRITICAL,
          "Give the JVM more heap, or L1 less of it",
          "heap after collection "
              + Metric.HEAP_AFTER_COLLECTION.format(heap)
              + ", threshold "
              + threshold
              + " %; L1 holds "
              + MemoryLimits.megabytes(facts.memory().memoryBytes()),
          "-Xmx (larger), or cache_max_memory_mb: "
              + Math.max(1, facts.settings().cache().maxMemoryBytes() / 2 / BYTES_IN_MEGABYTE),
          "fewer and shorter collections");
    }
    Forecast full = facts.outlook().memoryFull();
    if (full != null && (heap == null || heap <= threshold)) {
      add(
          "memory_trend",
          Recommendation.Severity.WARNING,
          "Look for what grows before memory is short",
          told("memory", "%", full),
          "",
          "the rules that shrink L1 need not act");
    }
  }

  static String told(String what, String unit, Forecast forecast) {
    return String.format(
        Locale.ROOT,
        "%s reaches %.0f %s in %d min if it goes on like in the last 15 min, confidence %.2f",
        what,
        forecast.level(),
        unit,
        forecast.in().toMinutes(),
        forecast.confidence());
  }

  private void trends() {
    Forecast full = facts.outlook().l1Full();
    if (full != null) {
      add(
          "l1_trend",
          Recommendation.Severity.INFO,
          "See whether the heap has room for a larger L1",
          told("L1", "% of its maximum", full),
          "cache_max_memory_mb: "
              + 2 * facts.settings().cache().maxMemoryBytes() / BYTES_IN_MEGABYTE,
          "entries stay until their time is over, and are not dropped for want of room");
    }
    Forecast slow = facts.outlook().slow();
    if (slow != null) {
      add(
          "p95_trend",
          Recommendation.Severity.WARNING,
          "Look at what gets slower before clients notice",
          told("p95 of all requests", "ms", slow),
          "budget: {p95: 500ms}, in the rules of endpoints that matter",
          "it is seen which of them it is");
    }
  }

  private void evictions() {
    MemoryTierStatistics memory = facts.memory();
    long evictions = memory.evictions() - memory.cutEvictions(); // those are our own doing
    if (memory.puts() >= MANY && evictions > MUCH * memory.puts()) {
      Double heap = facts.measured().value(Metric.HEAP_AFTER_COLLECTION);
      boolean room = heap != null && heap < facts.settings().performance().gcThresholdPercent();
      long twice = 2 * facts.settings().cache().maxMemoryBytes() / BYTES_IN_MEGABYTE;
      add(
          "l1_evictions",
          Recommendation.Severity.WARNING,
          room ? "Give L1 more memory" : "Give L1 more memory once the heap has room for it",
          String.format(
              Locale.ROOT,
              "%d of %d entries stored in L1 were dropped for want of room (%.0f %%); heap after"
                  + " collection %s",
              evictions,
              memory.puts(),
              100.0 * evictions / memory.puts(),
              heap == null ? "not measured" : Metric.HEAP_AFTER_COLLECTION.format(heap)),
          "cache_max_memory_mb: " + twice,
          "entries stay until their time is over; at most the dropped ones become hits");
    }
  }

  private void collector() {
    if (!facts.collectorAdvice().isEmpty()) {
      add(
          "collector",
          Recommendation.Severity.INFO,
          "Let the optimizer ask for collections that do not stop the application",
          "a collection might have helped and was not asked for: " + facts.collectorAdvice(),
          "-XX:+ExplicitGCInvokesConcurrent (G1), or -XX:+UseZGC",
          "high_cpu_gc and aggressive_gc can act");
    }
  }

  private void redis() {
    if (!facts.redisUnavailable().isEmpty()) {
      add(
          "l2_unavailable",
          Recommendation.Severity.WARNING,
          "Bring Redis back: gateways do not share what they store",
          "L2 is not used: " + facts.redisUnavailable(),
          "redis_url",
          "hits on what other gateways have stored");
    }
    Double p95 = facts.measured().value(Metric.L2_P95);
    double budget = facts.settings().redis().budget().toMillis();
    if (p95 != null && p95 > NEAR * budget) {
      add(
          "l2_latency",
          Recommendation.Severity.WARNING,
          "Look at Redis and the network to it",
          String.format(
              Locale.ROOT,
              "p95 of L2 is %s, the budget of a request %.0f ms",
              Metric.L2_P95.format(p95),
              budget),
          String.format(Locale.ROOT, "l2_budget: %d", (long) Math.ceil(2 * p95)),
          "fewer look-ups given up; a larger budget makes misses slower by as much");
    }
  }

  private void refusals() {
    long refused = facts.refusals().values().stream().mapToLong(Long::longValue).sum();
    long all = refused + facts.stores();
    for (Map.Entry<Refusal, Long> one : facts.refusals().entrySet()) {
      Recipe recipe = Recipe.of(one.getKey(), facts.settings());
      if (recipe != null && one.getValue() >= MANY && one.getValue() > MUCH * all) {
        add(
            "not_stored",
            Recommendation.Severity.INFO,
            recipe.message(),
            String.format(
                Locale.ROOT,
                "%d of %d answers were not stored: %s",
                one.getValue(),
                all,
                one.getKey().name().toLowerCase(Locale.ROOT)),
            recipe.change(),
            "these answers can be hits");
      }
    }
  }

  private void unkeyedFields() {
    if (!facts.unkeyedFields().isEmpty()) {
      String names = String.join(", ", new TreeSet<>(facts.unkeyedFields()));
      add(
          "unkeyed_fields",
          Recommendation.Severity.WARNING,
          "Say whether request fields that applications read choose between answers",
          facts.unkeyedFields().size() + " read and not part of the key: " + names,
          "vary_headers: [" + names + "] in the rule",
          "no answer made for one value is given for another");
    }
  }

  private void rules() {
    for (String rule : facts.suspended()) {
      add(
          "suspended_rule",
          Recommendation.Severity.WARNING,
          "Look at a rule that keeps failing",
          rule,
          "",
          "it is tried again after an hour, or once it is enabled by JMX");
    }
    if (facts.wouldHaveActed() > 0) {
      add(
          "observe_mode",
          Recommendation.Severity.INFO,
          "Let the optimizer act, if you agree with what it would have done",
          facts.wouldHaveActed() + " activations in the last hour were only observed",
          "performance_mode: act",
          "what each would have done is in the list of activations");
    }
    if (facts.emergencyMillis() > 0) {
      add(
          "capacity",
          Recommendation.Severity.CRITICAL,
          "Add capacity: the gateway was in an emergency",
          facts.emergencyMillis() / 1_000 + " s in emergencies since the start",
          "priority: sheddable, in rules whose requests can wait",
          "requests that matter are answered meanwhile");
    }
  }

  private void add(
      String type,
      Recommendation.Severity severity,
      String message,
      String evidence,
      String change,
      String expected) {
    add(new Recommendation(type, severity, message, evidence, change, expected));
  }

  private void add(Recommendation one) {
    boolean injected = !facts.measured().injected().isEmpty();
    found.add(injected ? one.withEvidence(one.evidence() + " [some values are injected]") : one);
  }
}
