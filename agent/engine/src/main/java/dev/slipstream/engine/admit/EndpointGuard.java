package dev.slipstream.engine.admit;

import dev.slipstream.config.rules.Priority;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What stands before one endpoint: its throttle and its circuit breaker, and what both go by.
 * Thread-safe; {@link #admit} and {@link #ended} take no lock and allocate nothing while nothing is
 * refused.
 *
 * <p>An answer is slow where it takes five times the endpoint's usual median, {@value
 * #LEAST_SLOW_MILLIS} ms at least. Durations are those of answers that are no failures: an endpoint
 * that fails at once is not a fast one.
 */
public final class EndpointGuard {
  /** No answer is slow that takes no longer, in milliseconds. */
  public static final long LEAST_SLOW_MILLIS = 200;

  /** How many times the usual median is slow. */
  public static final int SLOW = 5;

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int LEAST_WINDOW = 10;
  private static final double LONGEST_WINDOW_SECONDS = 10;
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String name;
  private final InFlight inFlight;
  private final EndpointBreaker breaker;
  private final AtomicIntegerArray durations = new AtomicIntegerArray(DurationClasses.LENGTH);
  private final LongAdder answers = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final Refusals refusals = new Refusals();
  private final int leastLimit;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile int limit = UNLIMITED;
  private volatile long slowNanos = Long.MAX_VALUE;

  // Of the thread that ticks.
  private final Baseline baseline = new Baseline();
  private final int[] seen = new int[DurationClasses.LENGTH];
  private int[] lately = new int[DurationClasses.LENGTH];
  private int[] before = new int[DurationClasses.LENGTH];
  private final int[] learned = new int[DurationClasses.LENGTH];
  private int learnedCount;
  private double learnedSeconds;
  private double latelySeconds;
  private double beforeSeconds;
  private int latelyCount;
  private int beforeCount;
  private long latelyFailures;
  private long beforeFailures;
  private long latelyThrottled;
  private long seenThrottled;
  private long seenAnswers;
  private long seenFailures;
  private long tickedNanos;
  private @Nullable AdaptiveLimit adaptive;
  private volatile Signals signals =
      new Signals(0, 0, null, 0, null, null, null, null, 0, null, 0, EndpointBreaker.State.CLOSED);

  /**
   * Makes one that lets everything through.
   *
   * @param leastLimit how many requests may always be under way
   */
  EndpointGuard(String name, int leastLimit, long nowNanos) {
    this.leastLimit = leastLimit;
    this.name = name;
    this.inFlight = new InFlight(nowNanos);
    this.breaker = new EndpointBreaker(nowNanos);
    this.tickedNanos = nowNanos;
  }

  /** The endpoint's method and template. */
  public String name() {
    return name;
  }

  /**
   * Asks to let a request through. Where it is let through, {@link #ended} or {@link #released}
   * follows with the same time.
   *
   * @return null where it is let through
   */
  public @Nullable TurnedAway admit(Priority priority, long nowNanos) {
    if (!breaker.admits(nowNanos)) {
      return new TurnedAway(TurnedAway.Reason.BREAKER_OPEN, breaker.retryAfterSeconds(nowNanos));
    }
    int underWay = inFlight.begin(nowNanos);
    int most = limit;
    if (most != UNLIMITED && underWay > share(priority, most)) {
      released(nowNanos);
      throttled.increment();
      return new TurnedAway(TurnedAway.Reason.THROTTLED, 1);
    }
    return null;
  }

  /** Lets a request through whatever there is, as {@link #admit} does. */
  void pass(long nowNanos) {
    inFlight.begin(nowNanos);
  }

  /**
   * Lets a request wait for the answer to another: on a thread of the container, so that those who
   * wait count against the limit.
   *
   * @param wait waits for as long as what it is given holds; returns what comes of it
   */
  public boolean waits(Predicate<BooleanSupplier> wait) {
    waiting.incrementAndGet();
    try {
      return wait.test(() -> inFlight.count() + waiting.get() <= limit);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static int share(Priority priority, int limit) {
    return switch (priority) {
      case SHEDDABLE -> (limit + 1) / 2;
      case DEFAULT -> limit;
      case CRITICAL -> 2 * limit;
    };
  }

  /**
   * A request that was let through is answered.
   *
   * @param failed whether the application failed: it threw, took too long or said so by a status
   *     from 500 on
   */
  public void ended(long startNanos, long nowNanos, boolean failed) {
    if (!inFlight.end(startNanos)) {
      return;
    }
    long nanos = Math.max(0, nowNanos - startNanos);
    if (failed) {
      failures.increment();
    } else {
      answers.increment();
      durations.getAndIncrement(DurationClasses.of(nanos));
    }
    breaker.ended(startNanos, nowNanos, failed || nanos > slowNanos);
  }

  /** A request that was let through has left, and tells nothing of the endpoint. */
  public void released(long startNanos) {
    inFlight.end(startNanos);
    breaker.released(startNanos);
  }

  /** Limits what may be under way, or ends that. Called by the thread that ticks. */
  public void throttle(boolean on, long nowNanos) {
    if (!on) {
      adaptive = null;
      limit = UNLIMITED;
    } else if (adaptive == null) {
      boolean known = baseline.isKnown();
      double supported = known ? baseline.ratePerSecond() * baseline.minimumMillis() / 1_000 : 0;
      double median = known ? baseline.medianMillis() : 0;
      adaptive =
          new AdaptiveLimit(
              Math.max(leastLimit, (int) Math.ceil(supported)), (long) (median * NANOS_PER_MILLI));
      limit = adaptive.get();
    }
    observe(nowNanos);
  }

  /** Opens the breaker, which then looks after itself, or closes it for good. */
  public void breaker(boolean on, long nowNanos) {
    if (on) {
      breaker.arm(nowNanos);
    } else {
      breaker.disarm(nowNanos);
    }
    observe(nowNanos);
  }

  /** Whether it is throttled. */
  public boolean isThrottled() {
    return limit != UNLIMITED;
  }

  /** How the endpoint did at the last tick. */
  public Signals signals() {
    return signals;
  }

  /** Requests that the application is answering. */
  public int inFlight() {
    return inFlight.count();
  }

  /** What was refused. */
  public Refusals refusals() {
    return refusals;
  }

  /** The breaker's state now. */
  public EndpointBreaker.State breakerState() {
    return breaker.state();
  }

  /** How often the breaker has opened. */
  public long breakerOpened() {
    return breaker.opened();
  }

  /** Looks at what has happened since the last tick, some 500 ms ago. By one thread. */
  void tick(long nowNanos) {
    double seconds = (nowNanos - tickedNanos) / NANOS;
    if (seconds <= 0) {
      return;
    }
    tickedNanos = nowNanos;
    if (inFlight.count() > 0) {
      inFlight.expire(nowNanos);
    }
    long refused = throttled.sum();
    latelyThrottled = refused - seenThrottled;
    seenThrottled = refused;
    turn(seconds);
    learn(seconds);
    adapt(nowNanos);
    breaker.tick(nowNanos, overdue(nowNanos));
    observe(nowNanos);
  }

  private void turn(double seconds) {
    int[] oldest = before;
    before = lately;
    beforeCount = latelyCount;
    beforeSeconds = latelySeconds;
    beforeFailures = latelyFailures;
    lately = oldest;
    Arrays.fill(lately, 0);
    latelySeconds = seconds;
    long all = answers.sum();
    latelyCount = 0;
    if (all != seenAnswers) {
      seenAnswers = all;
      latelyCount = DurationClasses.since(durations, seen, lately);
    }
    long failed = failures.sum();
    latelyFailures = failed - seenFailures;
    seenFailures = failed;
  }

  private void learn(double seconds) {
    learnedSeconds += seconds;
    if (latelyCount > 0) {
      for (int i = 0; i < learned.length; i++) {
        learned[i] += lately[i];
      }
      learnedCount += latelyCount;
    }
    boolean full =
        learnedCount >= LEAST_WINDOW
            || (learnedSeconds >= LONGEST_WINDOW_SECONDS && learnedCount > 0);
    if (full) {
      baseline.learn(
          learnedCount,
          learnedSeconds,
          DurationClasses.percentileMillis(learned, 0.5),
          DurationClasses.percentileMillis(learned, 0.95),
          DurationClasses.meanMillis(learned));
      Arrays.fill(learned, 0);
      learnedCount = 0;
      learnedSeconds = 0;
      if (baseline.isKnown()) {
        double slow = Math.max(LEAST_SLOW_MILLIS, SLOW * baseline.medianMillis());
        slowNanos = (long) (slow * NANOS_PER_MILLI);
      }
    } else if (learnedCount == 0) {
      learnedSeconds = 0; // a window begins with its first answer
    }
  }

  private void adapt(long nowNanos) {
    AdaptiveLimit adapting = adaptive;
    if (adapting == null) {
      return;
    }
    // Where it has refused, the limit was reached, whatever the moment of the tick shows.
    int underWay = latelyThrottled > 0 ? limit : inFlight.count();
    if (latelyCount > 0) {
      // Not the mean: stragglers from before a recovery would hide it.
      double median = DurationClasses.percentileMillis(lately, 0.5);
      adapting.answered((long) (median * NANOS_PER_MILLI), underWay);
    } else if (underWay > 0 && baseline.isKnown()) {
      long trouble = (long) (baseline.troubleMillis() * NANOS_PER_MILLI);
      if (inFlight.older(trouble, breaker.sinceNanos(), nowNanos) > 0) {
        adapting.stuck(trouble, underWay);
      }
    }
    limit = adapting.get();
  }

  /** Requests under way that are slow already, whatever becomes of them. */
  private int overdue(long nowNanos) {
    long slow = slowNanos;
    return slow == Long.MAX_VALUE || inFlight.count() == 0
        ? 0
        : inFlight.older(slow, breaker.sinceNanos(), nowNanos);
  }

  private void observe(long nowNanos) {
    int[] all = before.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] += lately[i];
    }
    int[] count = {latelyCount + beforeCount};
    if (inFlight.count() > 0) {
      inFlight.ages(
          nowNanos,
          (nanos, many) -> {
            all[DurationClasses.of(nanos)] += many;
            count[0] += many;
          });
    }
    double seconds = latelySeconds + beforeSeconds;
    long ended = latelyCount + beforeCount + latelyFailures + beforeFailures;
    double throughput = seconds == 0 ? 0 : ended / seconds;
    boolean known = baseline.isKnown();
    double accounted = known ? throughput * baseline.minimumMillis() / 1_000 : 0;
    int most = limit;
    signals =
        new Signals(
            inFlight.count(),
            throughput,
            known ? (Double) baseline.minimumMillis() : null,
            Math.max(leastLimit, accounted),
            count[0] == 0 ? null : (Double) DurationClasses.percentileMillis(all, 0.95),
            known ? (Double) baseline.p95Millis() : null,
            known ? (Double) baseline.medianMillis() : null,
            ended == 0 ? null : (Double) ((latelyFailures + beforeFailures) / (double) ended),
            breaker.bad(overdue(nowNanos)),
            most == UNLIMITED ? null : (Integer) most,
            latelyThrottled,
            breaker.state());
  }
}
