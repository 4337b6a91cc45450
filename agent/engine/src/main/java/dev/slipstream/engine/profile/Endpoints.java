package dev.slipstream.engine.profile;

import dev.slipstream.config.jmx.EndpointStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How each endpoint does. Thread-safe.
 *
 * <p>After {@value #MOST_ENDPOINTS} endpoints the rest counts as one.
 */
public final class Endpoints {
  private static final int MOST_ENDPOINTS = 500;
  private static final String OTHERS = "(others)";
  private static final int LONGEST_METHOD = 20;

  private final EndpointNames names;
  private final Map<String, Endpoint> counted = new ConcurrentHashMap<>();
  private final Endpoint others = new Endpoint(this, "", OTHERS, OTHERS);
  private final EndpointStats ofOthers = others.count();
  private final Clockwork clockwork;
  private volatile Tick latest = Tick.NONE;

  /** Makes statistics of endpoints that are called so. */
  public Endpoints(EndpointNames names) {
    this(names, System.nanoTime());
  }

  /** The same, at a time of which {@link #tick} is told how it goes on. */
  Endpoints(EndpointNames names, long nowNanos) {
    this.names = names;
    this.clockwork = new Clockwork(nowNanos);
  }

  /** What endpoints are called. */
  public EndpointNames names() {
    return names;
  }

  /**
   * The endpoint of a request, as far as is known before the application has it. Makes nothing new
   * where the path was asked for lately.
   *
   * @param path as it was sent, without the query
   */
  public Endpoint at(String method, String path) {
    EndpointName name = names.nameOf(path);
    Endpoint known = name.of(method);
    return known == null ? make(name, method) : known;
  }

  private Endpoint make(EndpointName name, String method) {
    if (method.length() > LONGEST_METHOD) {
      return others;
    }
    synchronized (name) {
      Endpoint known = name.of(method);
      if (known != null) {
        return known;
      }
      Endpoint made = new Endpoint(this, method, name.text(), method + ' ' + name.text());
      return name.add(made) ? made : others;
    }
  }

  /**
   * Ends an exchange that was begun, and counts it for what its path is called now: the application
   * may have named it meanwhile.
   *
   * @param begun the endpoint that it was begun at
   * @param status the answer's; 0 where there was none
   * @param nanos how long it took, in nanoseconds
   * @param bytes bytes of the body sent, negative where that is not known
   */
  public void ended(
      Endpoint begun, String path, Outcome outcome, int status, long nanos, long bytes) {
    begun.handedOn();
    Endpoint endpoint = begun == others ? others : at(begun.method(), path);
    endpoint.record(outcome, status, nanos, bytes);
  }

  /** Counts an exchange that has ended and was not begun. */
  public void answered(String method, String path, int status, boolean hit, long nanos) {
    at(method, path).record(hit ? Outcome.HIT_L1 : Outcome.MISS_URI, status, nanos, -1);
  }

  /** Where an endpoint's first exchange is counted. */
  EndpointStats statsOf(Endpoint endpoint) {
    synchronized (counted) {
      EndpointStats own = endpoint.stats();
      if (own != null) {
        return own;
      }
      Endpoint same = counted.get(endpoint.name());
      EndpointStats stats = same == null ? null : same.stats();
      if (stats != null) {
        endpoint.countWith(stats); // its name was forgotten meanwhile
        return stats;
      }
      if (counted.size() >= MOST_ENDPOINTS) {
        return ofOthers;
      }
      stats = endpoint.count();
      counted.put(endpoint.name(), endpoint);
      return stats;
    }
  }

  /** A second is over. To be called by one thread, once a second. */
  public void tick(long nowNanos) {
    Tick tick = clockwork.tick(nowNanos);
    latest = tick;
    for (Endpoint one : counted.values()) {
      one.tick(tick);
    }
    others.tick(tick);
  }

  /** All that had an exchange, the busiest first. */
  public List<Endpoint> all() {
    record Busy(Endpoint endpoint, long requests) {}
    List<Busy> busiest = new ArrayList<>();
    counted.values().forEach(one -> busiest.add(new Busy(one, one.totals().requests())));
    long rest = others.totals().requests();
    if (rest > 0) {
      busiest.add(new Busy(others, rest));
    }
    busiest.sort(Comparator.comparingLong(Busy::requests).reversed());
    return busiest.stream().map(Busy::endpoint).toList();
  }

  /** What has no endpoint of its own. */
  public Endpoint others() {
    return others;
  }

  /**
   * The last 55 to 60 seconds of all endpoints together: percentiles are of all exchanges, and the
   * concurrency is the greatest of one endpoint.
   */
  public EndpointWindow total() {
    Merge merge = new Merge();
    counted.values().forEach(one -> merge(one, merge, true));
    ofOthers.addWindowTo(merge);
    return merge.window(latest.secondsOfWindow());
  }

  /** The last full second of all endpoints together. */
  public EndpointWindow totalRecent() {
    Merge merge = new Merge();
    counted.values().forEach(one -> merge(one, merge, false));
    ofOthers.addRecentTo(merge);
    return merge.window(latest.secondsOfSecond());
  }

  private static void merge(Endpoint endpoint, Merge merge, boolean window) {
    EndpointStats stats = endpoint.stats();
    if (stats != null && window) {
      stats.addWindowTo(merge);
    } else if (stats != null) {
      stats.addRecentTo(merge);
    }
  }

  /** Exchanges under way. */
  public int inFlight() {
    int sum = others.inFlight();
    for (Endpoint one : counted.values()) {
      sum += one.inFlight();
    }
    return sum;
  }

  /** What all endpoints have done since the start; the concurrency is the greatest of one. */
  public EndpointTotals totals() {
    EndpointTotals sum = others.totals();
    for (Endpoint one : counted.values()) {
      sum = sum(sum, one.totals());
    }
    return sum;
  }

  private static EndpointTotals sum(EndpointTotals a, EndpointTotals b) {
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    a.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    b.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    return new EndpointTotals(
        a.requests() + b.requests(),
        outcomes,
        a.clientErrors() + b.clientErrors(),
        a.serverErrors() + b.serverErrors(),
        a.bytes() + b.bytes(),
        a.hitNanos() + b.hitNanos(),
        a.timedHits() + b.timedHits(),
        a.missNanos() + b.missNanos(),
        a.timedMisses() + b.timedMisses(),
        Math.max(a.greatestNanos(), b.greatestNanos()),
        Math.max(a.greatestInFlight(), b.greatestInFlight()));
  }

  /** How all have done since the start, the busiest first. */
  public List<EndpointStatistics> statistics() {
    List<EndpointStatistics> all = new ArrayList<>();
    for (Endpoint one : all()) {
      EndpointTotals totals = one.totals();
      all.add(
          new EndpointStatistics(
              one.name(),
              totals.requests(),
              totals.of(Outcome.Kind.HIT),
              totals.serverErrors(),
              (totals.hitNanos() + totals.missNanos()) / 1_000,
              totals.greatestNanos() / 1_000));
    }
    return all;
  }
}
