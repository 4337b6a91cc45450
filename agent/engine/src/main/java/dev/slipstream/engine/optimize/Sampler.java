package dev.slipstream.engine.optimize;

import dev.slipstream.engine.monitor.SystemMonitor;
import dev.slipstream.engine.monitor.SystemSample;
import dev.slipstream.engine.profile.Endpoint;
import dev.slipstream.engine.profile.EndpointTotals;
import dev.slipstream.engine.profile.EndpointWindow;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.profile.Outcome;
import dev.slipstream.engine.redis.RedisTier;
import org.jspecify.annotations.Nullable;

/** Makes measurements of what the parts of the engine have measured. Of one thread. */
final class Sampler {
  private final SystemMonitor monitor;
  private final Endpoints endpoints;
  private final @Nullable RedisTier redis;
  private final Interval interval = new Interval();
  private long seconds;

  Sampler(SystemMonitor monitor, Endpoints endpoints, @Nullable RedisTier redis) {
    this.monitor = monitor;
    this.endpoints = endpoints;
    this.redis = redis;
  }

  /** Notes the second that is over, once. */
  void second() {
    long now = endpoints.seconds();
    if (now != seconds) {
      seconds = now;
      interval.add(endpoints.totalRecent());
    }
  }

  /** How full memory is now; null where that is not known. */
  @Nullable Double memoryNow() {
    SystemSample system = monitor.latest();
    return system == null ? null : system.withHeap(monitor.heap()).memoryPercent();
  }

  /** All there is to be known now. */
  Measurements sample(long nowMillis) {
    Measurements.Builder sample = Measurements.at(nowMillis);
    interval.drainTo(sample);
    SystemSample system = monitor.latest();
    if (system != null) {
      sample
          .add(Metric.CPU, system.cpuPercent())
          .add(Metric.MEMORY, system.memoryPercent())
          .add(Metric.HEAP_AFTER_COLLECTION, system.heapAfterCollectionPercent())
          .add(Metric.GC_TIME, system.gc().pausePercent());
    }
    RedisTier tier = redis;
    if (tier != null && !tier.isPaused()) {
      sample.add(Metric.L2_P95, tier.latencyMillis(0.95));
    }
    for (Endpoint endpoint : endpoints.all()) {
      if (!endpoint.method().isEmpty()) {
        sample.add(figures(endpoint));
      }
    }
    return sample.build();
  }

  private static EndpointFigures figures(Endpoint endpoint) {
    EndpointWindow window = endpoint.window();
    EndpointTotals totals = endpoint.totals();
    long hits = totals.of(Outcome.Kind.HIT);
    long looked = window.hits() + window.misses();
    return new EndpointFigures(
        endpoint.name(),
        window.requests(),
        window.requestsPerSecond(),
        window.all().p95Millis(),
        window.all().p50Millis(),
        window.all().meanMillis(),
        ratio(window.failures(), window.requests()),
        ratio(window.hits(), looked),
        ratio(window.bytes(), window.requests()),
        hits + totals.of(Outcome.Kind.MISS),
        hits,
        endpoint.score());
  }

  private static @Nullable Double ratio(long part, long all) {
    return all == 0 ? null : (Double) ((double) part / all);
  }
}
