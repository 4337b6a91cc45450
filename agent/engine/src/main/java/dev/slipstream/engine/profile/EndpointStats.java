package dev.slipstream.engine.profile;

import dev.slipstream.config.rules.Budget;
import dev.slipstream.engine.monitor.Forecast;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
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
  private final LongAdder hitBytes = new LongAdder();
  private final LongAccumulator greatestNanos = new LongAccumulator(Math::max, 0);
  private final Timings hits = new Timings();
  private final Timings misses = new Timings();
  private final Recent recent = new Recent(hits, misses);

  /** Of endpoints that turned out to be this one; those that nothing comes to any more last. */
  private final List<EndpointStats> parts = new ArrayList<>(0);

  private EndpointTotals ofFormerParts = EndpointTotals.NONE;
  private volatile @Nullable EndpointWindow window;
  private volatile @Nullable BudgetWatch watch;
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
      if (outcome.kind() == Outcome.Kind.HIT) {
        hitBytes.add(sent);
      }
    }
    if (outcome.isTimedAsHit()) {
      hits.record(nanos);
    } else if (outcome.isTimedAsMiss()) {
      misses.record(nanos);
    }
    BudgetWatch watched = watch;
    if (watched != null) {
      watched.record(outcome, status, nanos);
    }
    if (nanos > greatestNanos.get()) {
      greatestNanos.accumulate(nanos);
    }
  }

  /** Has it keep a budget from now on, or none. */
  void useBudget(@Nullable Budget budget) {
    BudgetWatch watched = watch;
    if (!Objects.equals(budget, watched == null ? null : watched.budget())) {
      watch = budget == null ? null : new BudgetWatch(budget);
    }
  }

  @Nullable Budget budget() {
    BudgetWatch watched = watch;
    return watched == null ? null : watched.budget();
  }

  @Nullable BudgetBurn burn() {
    BudgetWatch watched = watch;
    return watched == null ? null : watched.burn();
  }

  @Nullable Forecast budgetForecast() {
    BudgetWatch watched = watch;
    return watched == null ? null : watched.forecast();
  }

  private LongAdder adder(Outcome outcome) {
    return Objects.requireNonNull(outcomes.get(outcome));
  }

  private Counts counts() {
    long hitCount = 0;
    long missCount = 0;
    long bypassCount = 0;
    long refusedCount = 0;
    long ourErrors = 0;
    long stale = 0;
    for (Outcome outcome : OUTCOMES) {
      long count = adder(outcome).sum();
      switch (outcome.kind()) {
        case HIT -> hitCount += count;
        case MISS -> missCount += count;
        case BYPASS -> bypassCount += count;
        case REFUSED -> refusedCount += count;
      }
      ourErrors += outcome.isOurError() ? count : 0;
      stale += outcome.isStale() ? count : 0;
    }
    return new Counts(
        hitCount + missCount + bypassCount + refusedCount,
        hitCount,
        missCount,
        bypassCount,
        refusedCount,
        ourErrors,
        stale,
        clientErrors.sum(),
        serverErrors.sum(),
        bytes.sum(),
        hits.nanos(),
        misses.nanos());
  }

  /** Counts what another has counted so far, and what may still be on its way there. */
  synchronized void takeOver(EndpointStats other) {
    parts.add(other);
    window = null;
  }

  synchronized EndpointTotals totals(int greatestInFlight) {
    EndpointTotals sum = ownTotals(greatestInFlight).plus(ofFormerParts);
    for (EndpointStats part : parts) {
      sum = sum.plus(part.totals(0));
    }
    return sum;
  }

  private EndpointTotals ownTotals(int greatestInFlight) {
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
        hitBytes.sum(),
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
    BudgetWatch watched = watch;
    if (watched != null && tick.endsSlot()) {
      watched.endSlot();
    }
    if (tick.endsSlot()) {
      recent.endSlot(tick.slot());
    }
    for (Iterator<EndpointStats> all = parts.iterator(); all.hasNext(); ) {
      EndpointStats part = all.next();
      part.tick(tick, 0);
      if (part.isIdle()) {
        ofFormerParts = ofFormerParts.plus(part.totals(0));
        all.remove();
      }
    }
    secondsOfSecond = tick.secondsOfSecond();
    secondsOfWindow = tick.secondsOfWindow();
    window = null;
    if (watched != null && tick.endsSlot() && watched.wantsPoint()) {
      watched.point(tick.atNanos(), window());
    }
  }

  private synchronized boolean isIdle() {
    return recent.isEmpty();
  }

  EndpointWindow window() {
    EndpointWindow known = window;
    return known == null ? makeWindow() : known;
  }

  private synchronized EndpointWindow makeWindow() {
    Merge merge = new Merge();
    addWindowTo(merge);
    EndpointWindow made = merge.window(secondsOfWindow);
    window = made;
    return made;
  }

  synchronized EndpointWindow recent() {
    Merge merge = new Merge();
    addRecentTo(merge);
    return merge.window(secondsOfSecond);
  }

  synchronized void addWindowTo(Merge merge) {
    recent.addWindowTo(merge);
    parts.forEach(part -> part.addWindowTo(merge));
  }

  synchronized void addRecentTo(Merge merge) {
    recent.addSecondTo(merge);
    parts.forEach(part -> part.addRecentTo(merge));
  }
}
