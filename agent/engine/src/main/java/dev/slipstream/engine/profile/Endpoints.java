package dev.slipstream.engine.profile;

import dev.slipstream.config.jmx.EndpointStatistics;
import dev.slipstream.config.rules.Budget;
import dev.slipstream.engine.flight.Flight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How each endpoint does. Thread-safe.
 *
 * <p>After {@value #MOST_ENDPOINTS} endpoints the rest counts as one, and of those whose first
 * answer was "not found" after {@value #MOST_NOT_FOUND}.
 */
public final class Endpoints {
  private static final int MOST_ENDPOINTS = 500;
  private static final String OTHERS = "(others)";
  private static final int LONGEST_METHOD = 20;
  private static final int NOT_FOUND = 404;
  private static final int MOST_NOT_FOUND = 100;

  /** Ends the name under which times of hits are exported; no path has it. */
  static final String OF_HITS = "#hits";

  /** And that of misses. */
  static final String OF_MISSES = "#misses";

  private final EndpointNames names;
  private final Flight flight;
  private final Budgets budgets;
  private final Map<String, Endpoint> counted = new ConcurrentHashMap<>();
  private final Endpoint others =
      new Endpoint(this, "", new EndpointName(OTHERS, "", false), OTHERS);
  private final EndpointStats ofOthers = others.count();
  private final Clockwork clockwork;
  private int notFound;
  private volatile Tick latest = Tick.NONE;
  private volatile long seconds;
  private volatile Total total = new Total(Tick.NONE, EndpointWindow.NONE);

  /** Makes statistics of endpoints that are called so. */
  public Endpoints(EndpointNames names) {
    this(names, new Flight(), System.nanoTime(), (method, path) -> null);
  }

  /**
   * The same.
   *
   * @param flight what is told JDK Flight Recorder
   * @param nowNanos the time, of which {@link #tick} is told how it goes on
   * @param budgets how slow and how faulty the endpoint of a method and path may be
   */
  public Endpoints(EndpointNames names, Flight flight, long nowNanos, Budgets budgets) {
    this.names = names;
    this.flight = flight;
    this.budgets = budgets;
    this.clockwork = new Clockwork(nowNanos);
  }

  /** All together as they were after a second. */
  private record Total(Tick of, EndpointWindow window) {}

  /** How slow and how faulty endpoints may be. */
  public interface Budgets {
    /** The budget of a method and a path; null where there is none. */
    @Nullable Budget of(String method, String path);
  }

  /** What is told JDK Flight Recorder. */
  public Flight flight() {
    return flight;
  }

  Budgets budgets() {
    return budgets;
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
      Endpoint made = new Endpoint(this, method, name, method + ' ' + name.text());
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

  /**
   * Where an endpoint's first exchange is counted.
   *
   * @param status the answer's: what clients make up is not found, and gets few endpoints
   */
  EndpointStats statsOf(Endpoint endpoint, int status) {
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
      boolean unknown = status == NOT_FOUND && endpoint.called().isGuessed();
      if (counted.size() >= MOST_ENDPOINTS || (unknown && notFound >= MOST_NOT_FOUND)) {
        return ofOthers;
      }
      notFound += unknown ? 1 : 0;
      stats = endpoint.count();
      counted.put(endpoint.name(), endpoint);
      if (!unknown && names.counted(endpoint.called())) {
        mergeWhatVaries();
        return Objects.requireNonNull(endpoint.stats());
      }
      return stats;
    }
  }

  /** Endpoints that turned out to be values of one are counted as that one, with all they had. */
  private void mergeWhatVaries() {
    for (Endpoint one : List.copyOf(counted.values())) {
      EndpointName now = names.now(one.called());
      EndpointStats had = one.stats();
      if (now == one.called() || now.text().equals(one.path()) || had == null) {
        continue;
      }
      counted.remove(one.name());
      Endpoint together = make(now, one.method());
      EndpointStats all = together.stats();
      if (all == null) {
        all = together.count();
        counted.put(together.name(), together);
      }
      all.takeOver(had);
      one.countWith(all);
    }
  }

  /** A second is over. To be called by one thread, once a second. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  public void tick(long nowNanos) {
    Tick tick = clockwork.tick(nowNanos);
    for (Endpoint one : counted.values()) {
      one.tick(tick, budgets);
    }
    others.tick(tick, budgets);
    latest = tick;
    seconds++;
  }

  /** How many seconds are over: what {@link #totalRecent} tells is of the last one. */
  public long seconds() {
    return seconds;
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
    Total known = total;
    Tick tick = latest;
    if (!known.of().equals(tick)) {
      Merge merge = new Merge();
      counted.values().forEach(one -> merge(one, merge, true));
      ofOthers.addWindowTo(merge);
      known = new Total(tick, merge.window(tick.secondsOfWindow()));
      total = known;
    }
    return known.window();
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

  /**
   * How long exchanges of the last minute took, by endpoint: histograms of microseconds in
   * HdrHistogram's compressed format (V2), Base64, which can be added up with those of other
   * gateways; under the name with {@value #OF_HITS} and {@value #OF_MISSES} those of hits and of
   * misses apart. Without those that had none.
   */
  public Map<String, String> exported() {
    Map<String, String> exported = new HashMap<>();
    for (Endpoint one : all()) {
      Merge merge = new Merge();
      merge(one, merge, true);
      merge.exportTo(exported, one.name());
    }
    return exported;
  }

  /** The same of all endpoints together, under a name of the caller's. */
  public Map<String, String> exportedTotal(String name) {
    Merge merge = new Merge();
    counted.values().forEach(one -> merge(one, merge, true));
    ofOthers.addWindowTo(merge);
    Map<String, String> exported = new HashMap<>();
    merge.exportTo(exported, name);
    return exported;
  }

  /** The time that hits have saved, in milliseconds: the sum of what each endpoint has. */
  public @Nullable Double savedMillis() {
    Double sum = others.totals().savedMillis();
    for (Endpoint one : counted.values()) {
      Double saved = one.totals().savedMillis();
      if (saved != null) {
        sum = sum == null ? saved : Double.valueOf(sum + saved);
      }
    }
    return sum;
  }

  /** The endpoints' scores, weighted by requests of the last minute; null where none has one. */
  public @Nullable Double score() {
    double sum = 0;
    long requests = 0;
    for (Endpoint one : counted.values()) {
      Double score = one.score();
      if (score != null) {
        long weight = one.window().requests();
        sum += weight * score;
        requests += weight;
      }
    }
    return requests == 0 ? null : Double.valueOf(sum / requests);
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
      sum = sum.plus(one.totals());
    }
    return sum;
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
