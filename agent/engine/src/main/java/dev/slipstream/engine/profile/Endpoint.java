package dev.slipstream.engine.profile;

import dev.slipstream.engine.monitor.Forecast;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * A method and what paths are called together, and how exchanges of these do. Thread-safe.
 *
 * <p>It is counted, and known by {@link Endpoints#all}, from its first exchange that has ended.
 */
public final class Endpoint {
  /** Integers that are 64 B together. */
  private static final int LINE = 16;

  private static final int NOW = LINE;
  private static final int GREATEST_OF_SECOND = LINE + 1;
  private static final int GREATEST = LINE + 2;

  private final Endpoints owner;
  private final String method;
  private final EndpointName called;
  private final String name;
  // All in one line of the processor's caches, with nothing beside it that others read.
  private final AtomicIntegerArray underWay = new AtomicIntegerArray(GREATEST + LINE + 1);
  private volatile @Nullable EndpointStats stats;

  Endpoint(Endpoints owner, String method, EndpointName called, String name) {
    this.owner = owner;
    this.method = method;
    this.called = called;
    this.name = name;
  }

  /** Method and path template, such as {@code GET /items/{id}}. */
  public String name() {
    return name;
  }

  /** The method; empty where all that have no endpoint of their own are counted together. */
  public String method() {
    return method;
  }

  /** The path's template. */
  public String path() {
    return called.text();
  }

  EndpointName called() {
    return called;
  }

  /** An exchange begins. Each is to be ended, or handed on. */
  public void begun() {
    int now = underWay.incrementAndGet(NOW);
    if (now > underWay.get(GREATEST_OF_SECOND)) {
      underWay.accumulateAndGet(GREATEST_OF_SECOND, now, Math::max);
    }
    if (now > underWay.get(GREATEST)) {
      underWay.accumulateAndGet(GREATEST, now, Math::max);
    }
  }

  /** An exchange that was begun turns out to be another's: it is not counted. */
  public void handedOn() {
    underWay.decrementAndGet(NOW);
  }

  /**
   * Counts an exchange that has ended; see {@link Endpoints#ended} for one that was {@link #begun}.
   *
   * @param status the answer's; 0 where there was none
   * @param nanos how long it took, in nanoseconds
   * @param bytes bytes of the body sent, negative where that is not known
   */
  public void record(Outcome outcome, int status, long nanos, long bytes) {
    EndpointStats counted = stats;
    if (counted == null) {
      counted = owner.statsOf(this, status);
    }
    counted.record(outcome, status, nanos, bytes);
    owner.flight().exchange(name, outcome.name(), status, nanos, bytes);
  }

  /** Exchanges under way. */
  public int inFlight() {
    return underWay.get(NOW);
  }

  /** The most exchanges at once since the start. */
  public int greatestInFlight() {
    return underWay.get(GREATEST);
  }

  /** The last 55 to 60 seconds, up to the last full one. */
  public EndpointWindow window() {
    EndpointStats counted = stats;
    return counted == null ? EndpointWindow.NONE : counted.window();
  }

  /** The last full second. */
  public EndpointWindow recent() {
    EndpointStats counted = stats;
    return counted == null ? EndpointWindow.NONE : counted.recent();
  }

  /** What it has done since the start. */
  public EndpointTotals totals() {
    EndpointStats counted = stats;
    return counted == null ? EndpointTotals.NONE : counted.totals(underWay.get(GREATEST));
  }

  boolean isCounted() {
    return stats != null;
  }

  @Nullable EndpointStats stats() {
    return stats;
  }

  /** It is counted from now on. */
  EndpointStats count() {
    EndpointStats made = new EndpointStats();
    stats = made;
    return made;
  }

  /** It is counted as another is, from now on. */
  void countWith(EndpointStats others) {
    stats = others;
  }

  /** How fast it uses its budget up; null where it has none. */
  public @Nullable BudgetBurn burn() {
    EndpointStats counted = stats;
    return counted == null ? null : counted.burn();
  }

  /**
   * When its 95th percentile reaches that of its budget, in milliseconds, if it goes on like in the
   * last 15 min; null where it has none, or nothing tells.
   */
  public @Nullable Forecast budgetForecast() {
    EndpointStats counted = stats;
    return counted == null ? null : counted.budgetForecast();
  }

  /**
   * How well it did in the last minute, 0 to 1: see {@link Score}. Null where too little happened.
   */
  public @Nullable Double score() {
    EndpointStats counted = stats;
    return counted == null ? null : Score.of(counted.window(), counted.budget());
  }

  void tick(Tick tick, Endpoints.Budgets budgets) {
    EndpointStats counted = stats;
    if (counted != null) {
      if (tick.endsSlot() && this != owner.others()) {
        counted.useBudget(budgets.of(method, called.example()));
      }
      counted.tick(tick, underWay.getAndSet(GREATEST_OF_SECOND, underWay.get(NOW)));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
