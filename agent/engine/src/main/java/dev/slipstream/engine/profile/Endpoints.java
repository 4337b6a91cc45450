package dev.slipstream.engine.profile;

import dev.slipstream.config.jmx.EndpointStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * How each endpoint has done since the start. Thread-safe.
 *
 * <p>After {@value #MOST_ENDPOINTS} endpoints the rest counts as one.
 */
public final class Endpoints {
  private static final int MOST_ENDPOINTS = 500;
  private static final String OTHERS = "(others)";
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int LONGEST_METHOD = 20;

  private final EndpointNames names;
  private final Map<String, Map<String, Counts>> byMethod = new ConcurrentHashMap<>();
  private final Counts others = new Counts();
  private final LongAdder known = new LongAdder();

  /** Makes statistics of endpoints that are called so. */
  public Endpoints(EndpointNames names) {
    this.names = names;
  }

  private static final class Counts {
    private final LongAdder requests = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator greatestNanos = new LongAccumulator(Math::max, 0);
  }

  /** What endpoints are called. */
  public EndpointNames names() {
    return names;
  }

  /**
   * An exchange has ended.
   *
   * @param status the answer's; 0 where there was none
   * @param hit whether the application was not asked
   */
  public void answered(String method, String path, int status, boolean hit, long nanos) {
    Counts counts = countsOf(method, names.of(path));
    counts.requests.increment();
    if (hit) {
      counts.hits.increment();
    }
    if (status == 0 || status >= FIRST_SERVER_ERROR) {
      counts.errors.increment();
    }
    counts.nanos.add(nanos);
    counts.greatestNanos.accumulate(nanos);
  }

  private Counts countsOf(String method, String name) {
    Map<String, Counts> ofMethod = byMethod.get(method);
    Counts counts = ofMethod == null ? null : ofMethod.get(name);
    return counts == null ? add(method, name) : counts;
  }

  private synchronized Counts add(String method, String name) {
    boolean full = known.sum() >= MOST_ENDPOINTS || method.length() > LONGEST_METHOD;
    Map<String, Counts> ofMethod = byMethod.get(method);
    if (ofMethod == null) {
      if (full) {
        return others;
      }
      ofMethod = new ConcurrentHashMap<>();
      byMethod.put(method, ofMethod);
    }
    Counts counts = ofMethod.get(name);
    if (counts != null) {
      return counts;
    }
    if (full) {
      return others;
    }
    known.increment();
    counts = new Counts();
    ofMethod.put(name, counts);
    return counts;
  }

  /** All of them, the busiest first. */
  public List<EndpointStatistics> all() {
    List<EndpointStatistics> all = new ArrayList<>();
    byMethod.forEach(
        (method, ofMethod) ->
            ofMethod.forEach((name, counts) -> all.add(statistics(method + ' ' + name, counts))));
    if (others.requests.sum() > 0) {
      all.add(statistics(OTHERS, others));
    }
    all.sort((a, b) -> Long.compare(b.requests(), a.requests()));
    return all;
  }

  private static EndpointStatistics statistics(String endpoint, Counts counts) {
    return new EndpointStatistics(
        endpoint,
        counts.requests.sum(),
        counts.hits.sum(),
        counts.errors.sum(),
        counts.nanos.sum() / 1_000,
        counts.greatestNanos.get() / 1_000);
  }
}
