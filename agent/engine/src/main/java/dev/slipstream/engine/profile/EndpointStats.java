package dev.slipstream.engine.profile;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is counted and timed of an endpoint. Thread-safe; recording takes no lock. */
final class EndpointStats {
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;

  private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class); // never changed
  private final LongAdder clientErrors = new LongAdder();
  private final LongAdder serverErrors = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAccumulator greatestNanos = new LongAccumulator(Math::max, 0);
  private final Timings hits = new Timings();
  private final Timings misses = new Timings();
  private final Recent recent = new Recent(hits, misses);
  private volatile @Nullable EndpointWindow window;
  private double secondsOfWindow;
  private double secondsOfSecond;

  EndpointStats() {
    for (Outcome outcome : OUTCOMES) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  void record(Outcome outcome, int status, long nanos, long sent) {
    adder(outcome).increment();
    if (status == 0 || status >= FIRST_SERVER_ERROR) {
      serverErrors.increment();
    } else if (status >= FIRST_CLIENT_ERROR) {
      clientErrors.increment();
    }
    if (sent > 0) {
      bytes.add(sent);
    }
    if (outcome.isTimedAsHit()) {
      hits.record(nanos);
    } else if (outcome.isTimedAsMiss()) {
      misses.record(nanos);
    }
    if (nanos > greatestNanos.get()) {
      greatestNanos.accumulate(nanos);
    }
  }

  private LongAdder adder(Outcome outcome) {
    return Objects.requireNonNull(outcomes.get(outcome));
  }

  private Counts counts() {
    long hitCount = 0;
    long missCount = 0;
    long bypassCount = 0;
    long refusedCount = 0;
    long stale = 0;
    for (Outcome outcome : OUTCOMES) {
      long count = adder(outcome).sum();
      switch (outcome.kind()) {
        case HIT -> hitCount += count;
        case MISS -> missCount += count;
        case BYPASS -> bypassCount += count;
        case REFUSED -> refusedCount += count;
      }
      stale += outcome.isStale() ? count : 0;
    }
    return new Counts(
        hitCount + missCount + bypassCount + refusedCount,
        hitCount,
        missCount,
        bypassCount,
        refusedCount,
        stale,
        clientErrors.sum(),
        serverErrors.sum(),
        bytes.sum(),
        hits.nanos(),
        misses.nanos());
  }

  EndpointTotals totals(int greatestInFlight) {
    Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    long requests = 0;
    long timedHits = 0;
    long timedMisses = 0;
    for (Outcome outcome : OUTCOMES) {
      long count = adder(outcome).sum();
      requests += count;
      timedHits += outcome.isTimedAsHit() ? count : 0;
      timedMisses += outcome.isTimedAsMiss() ? count : 0;
      if (count > 0) {
        byOutcome.put(outcome, count);
      }
    }
    return new EndpointTotals(
        requests,
        byOutcome,
        clientErrors.sum(),
        serverErrors.sum(),
        bytes.sum(),
        hits.nanos(),
        timedHits,
        misses.nanos(),
        timedMisses,
        greatestNanos.get(),
        greatestInFlight);
  }

  /** A second is over, and with it perhaps a slot. */
  synchronized void tick(Tick tick, int greatestInFlight) {
    recent.endSecond(counts(), greatestInFlight);
    if (tick.endsSlot()) {
      recent.endSlot(tick.slot());
    }
    secondsOfSecond = tick.secondsOfSecond();
    secondsOfWindow = tick.secondsOfWindow();
    window = null;
  }

  EndpointWindow window() {
    EndpointWindow known = window;
    return known == null ? makeWindow() : known;
  }

  private synchronized EndpointWindow makeWindow() {
    Merge merge = new Merge();
    recent.addWindowTo(merge);
    EndpointWindow made = merge.window(secondsOfWindow);
    window = made;
    return made;
  }

  synchronized EndpointWindow recent() {
    Merge merge = new Merge();
    recent.addSecondTo(merge);
    return merge.window(secondsOfSecond);
  }

  synchronized void addWindowTo(Merge merge) {
    recent.addWindowTo(merge);
  }

  synchronized void addRecentTo(Merge merge) {
    recent.addSecondTo(merge);
  }
}
