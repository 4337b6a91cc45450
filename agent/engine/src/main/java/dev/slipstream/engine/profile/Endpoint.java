package dev.slipstream.engine.profile;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A method and what paths are called together, and how exchanges of these do. Thread-safe.
 *
 * <p>It is counted, and known by {@link Endpoints#all}, from its first exchange that has ended.
 */
public final class Endpoint {
  private static final EndpointTotals NOTHING =
      new EndpointTotals(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final Endpoints owner;
  private final String method;
  private final String path;
  private final String name;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger greatestInFlight = new AtomicInteger();
  private final AtomicInteger greatestOfSecond = new AtomicInteger();
  private volatile @Nullable EndpointStats stats;

  Endpoint(Endpoints owner, String method, String path, String name) {
    this.owner = owner;
    this.method = method;
    this.path = path;
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
    return path;
  }

  /** An exchange begins. Each is to be ended, or handed on. */
  public void begun() {
    int now = inFlight.incrementAndGet();
    if (now > greatestOfSecond.get()) {
      greatestOfSecond.accumulateAndGet(now, Math::max);
    }
    if (now > greatestInFlight.get()) {
      greatestInFlight.accumulateAndGet(now, Math::max);
    }
  }

  /** An exchange that was begun turns out to be another's: it is not counted. */
  public void handedOn() {
    inFlight.decrementAndGet();
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
      counted = owner.statsOf(this);
    }
    counted.record(outcome, status, nanos, bytes);
  }

  /** Exchanges under way. */
  public int inFlight() {
    return inFlight.get();
  }

  /** The most exchanges at once since the start. */
  public int greatestInFlight() {
    return greatestInFlight.get();
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
    return counted == null ? NOTHING : counted.totals(greatestInFlight.get());
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

  /** It is counted as another is. */
  void countWith(EndpointStats others) {
    stats = others;
  }

  void tick(Tick tick) {
    EndpointStats counted = stats;
    if (counted != null) {
      counted.tick(tick, greatestOfSecond.getAndSet(inFlight.get()));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
