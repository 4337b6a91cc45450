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
 * <p>An answer is slow where it takes five times the endpoint's usual median, twice its usual 95th
 * percentile and {@value #LEAST_SLOW_MILLIS} ms. Durations are those of answers that are no errors:
 * an endpoint that fails or refuses at once is not a fast one. Slow answers are bad calls only
 * while threads are in danger: it is congested, and no throttle holds.
 */
public final class EndpointGuard {
  /** No answer is slow that takes no longer, in milliseconds. */
  public static final long LEAST_SLOW_MILLIS = 200;

  /** How many times the usual median is slow. */
  public static final int SLOW = 5;

  /** How many times the usual 95th percentile is slow. */
  public static final int SLOW_P95 = 2;

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int LEAST_WINDOW = 10;
  private static final double LONGEST_WINDOW_SECONDS = 10;
  private static final double GROWTH = 1.25;
  private static final long IDLE_NANOS = 600_000_000_000L;
  private static final long IDLE_UNKNOWN_NANOS = 60_000_000_000L;
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String name;
  private final InFlight inFlight;
  private final EndpointBreaker breaker;
  private final AtomicIntegerArray durations = new AtomicIntegerArray(DurationClasses.LENGTH);
  private final LongAdder answers = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder unlearned = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final Refusals refusals = new Refusals();
  private final int leastLimit;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile int limit = UNLIMITED;
  private volatile long slowNanos = Long.MAX_VALUE;
  private volatile boolean inDanger;

  // Of the thread that ticks.
  private final Baseline baseline = new Baseline();
  private final int[] seen = new int[DurationClasses.LENGTH];
  private int[] lately = new int[DurationClasses.LENGTH];
  private int[] before = new int[DurationClasses.LENGTH];
  private final int[] learned = new int[DurationClasses.LENGTH];
  private final int[] observed = new int[DurationClasses.LENGTH];
  private int learnedCount;
  private double learnedSeconds;
  private double latelySeconds;
  private double beforeSeconds;
  private int latelyCount;
  private int beforeCount;
  private long latelyFailures;
  private long beforeFailures;
  private long latelyUnlearned;
  private long beforeUnlearned;
  private long latelyThrottled;
  private long seenThrottled;
  private long seenAnswers;
  private long seenFailures;
  private long seenUnlearned;
  private long tickedNanos;
  private long busyNanos;
  private boolean congested;
  private @Nullable AdaptiveLimit adaptive;
  private int least;
  private int grown;
  private double usualMillis;
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
    this.busyNanos = nowNanos;
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
   * @param telling whether what it took tells how long the endpoint's answers take: a request that
   *     was refused by a status from 400 on was not answered
   */
  public void ended(long startNanos, long nowNanos, boolean failed, boolean telling) {
    if (!inFlight.end(startNanos)) {
      return;
    }
    long nanos = Math.max(0, nowNanos - startNanos);
    if (failed) {
      failures.increment();
    } else if (telling) {
      answers.increment();
      durations.getAndIncrement(DurationClasses.of(nanos));
    } else {
      unlearned.increment();
    }
    breaker.ended(startNanos, nowNanos, failed || (inDanger && nanos > slowNanos));
  }

  /** A request that was let through has left, and tells nothing of the endpoint. */
  public void released(long startNanos) {
    inFlight.end(startNanos);
    breaker.released(startNanos);
  }

  /**
   * Limits what may be under way, or ends that. Called by the thread that ticks. Nothing is limited
   * before it is known what is usual.
   */
  public void throttle(boolean on, long nowNanos) {
    if (!on) {
      adaptive = null;
      limit = UNLIMITED;
    } else if (adaptive == null && baseline.isKnown()) {
      double supported = baseline.ratePerSecond() * baseline.minimumMillis() / 1_000;
      least = Math.max(leastLimit, (int) Math.ceil(supported));
      grown = 0;
      inDanger = false;
      adaptive = adaptive();
      limit = adaptive.get();
    }
    observe(nowNanos);
  }

  private AdaptiveLimit adaptive() {
    usualMillis = baseline.medianMillis();
    return new AdaptiveLimit(least, (long) (usualMillis * NANOS_PER_MILLI));
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

  /**
   * Looks at what has happened since the last tick, some 500 ms ago. By one thread.
   *
   * @param processorBusy whether the processor has no room for more requests under way
   */
  void tick(long nowNanos, boolean processorBusy) {
    double seconds = (nowNanos - tickedNanos) / NANOS;
    if (seconds <= 0) {
      return;
    }
    tickedNanos = nowNanos;
    if (isIdle()) {
      return;
    }
    if (inFlight.count() > 0) {
      inFlight.expire(nowNanos);
    }
    long refused = throttled.sum();
    latelyThrottled = refused - seenThrottled;
    seenThrottled = refused;
    turn(seconds);
    if (latelyCount + latelyFailures + latelyUnlearned + latelyThrottled + inFlight.count() > 0) {
      busyNanos = nowNanos;
    }
    learn(seconds);
    breaker.tick(nowNanos, overdue(nowNanos));
    observe(nowNanos);
    adapt(nowNanos, processorBusy);
    boolean wasCongested = congested;
    congested = Congestion.isOver(signals, null, 0);
    if (breaker.state() == EndpointBreaker.State.CLOSED) { // else as it was when it opened
      inDanger = adaptive == null && congested && wasCongested;
    }
  }

  /** Whether nothing has happened since the last ticks, and nothing is left of what they saw. */
  private boolean isIdle() {
    return inFlight.count() == 0
        && adaptive == null
        && latelyCount + beforeCount + learnedCount == 0
        && latelyFailures + beforeFailures + latelyUnlearned + beforeUnlearned == 0
        && signals.badCalls() == 0
        && signals.refused() == 0
        && breaker.state() == EndpointBreaker.State.CLOSED
        && answers.sum() == seenAnswers
        && failures.sum() == seenFailures
        && unlearned.sum() == seenUnlearned
        && throttled.sum() == seenThrottled;
  }

  /**
   * Whether nothing is lost with it: it holds nothing back, and had no traffic for 10 minutes; for
   * one where what is usual is not known, which has nothing to lose.
   */
  boolean isForgettable(long nowNanos) {
    long enough = baseline.isKnown() ? IDLE_NANOS : IDLE_UNKNOWN_NANOS;
    return nowNanos - busyNanos > enough && isIdle();
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
    beforeUnlearned = latelyUnlearned;
    long told = unlearned.sum();
    latelyUnlearned = told - seenUnlearned;
    seenUnlearned = told;
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
        double slow = Math.max(SLOW * baseline.medianMillis(), SLOW_P95 * baseline.p95Millis());
        slowNanos = (long) (Math.max(LEAST_SLOW_MILLIS, slow) * NANOS_PER_MILLI);
      }
    } else if (learnedCount == 0) {
      learnedSeconds = 0; // a window begins with its first answer
    }
  }

  private void adapt(long nowNanos, boolean processorBusy) {
    AdaptiveLimit adapting = adaptive;
    if (adapting == null) {
      return;
    }
    if (baseline.medianMillis() > GROWTH * usualMillis) {
      grown = limit;
      adapting = adaptive();
      adaptive = adapting;
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
    // Vegas alone would not let go of an endpoint that stays a little slower than it was: while
    // nothing is in trouble, what is refused is refused for nothing.
    if (!Congestion.isWell(signals)) {
      grown /= 2;
    } else if (latelyThrottled > 0 && !processorBusy) {
      grown = (int) (GROWTH * limit) + 1;
    }
    limit = Math.max(adapting.get(), grown);
    observe(nowNanos);
  }

  /** Requests under way that are slow already, whatever becomes of them. */
  private int overdue(long nowNanos) {
    long slow = slowNanos;
    return slow == Long.MAX_VALUE || inFlight.count() == 0
        ? 0
        : inFlight.older(slow, breaker.sinceNanos(), nowNanos);
  }

  private void observe(long nowNanos) {
    int[] all = observed;
    for (int i = 0; i < all.length; i++) {
      all[i] = before[i] + lately[i];
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
    long good = latelyCount + beforeCount + latelyUnlearned + beforeUnlearned;
    long ended = good + latelyFailures + beforeFailures;
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
