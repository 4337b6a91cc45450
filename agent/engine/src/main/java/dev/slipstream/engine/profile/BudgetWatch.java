package dev.slipstream.engine.profile;

import dev.slipstream.config.rules.Budget;
import dev.slipstream.engine.monitor.Forecast;
import dev.slipstream.engine.monitor.Series;
import dev.slipstream.engine.monitor.Trend;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an endpoint's budget is about, in minutes of the last hour. Thread-safe; recording
 * takes no lock.
 */
final class BudgetWatch {
  private static final int SLOTS_OF_MINUTE = 12;
  private static final int MINUTES = 60;
  private static final int LATELY = 5;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final double SHARE_ABOVE_P95 = 0.05;

  // The 95th percentile of the last minute, four times in it: a trend's time of 15 min.
  private static final int SLOTS_OF_POINT = 3;
  private static final int POINTS = 60;
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final int LEAST_REQUESTS = 20;
  private static final long FARTHEST_MILLIS = Trend.WINDOW.toMillis();

  private final Budget budget;
  private final long slowNanos;
  private final LongAdder requests = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final LongAdder errors = new LongAdder();
  // Counts as they were when each of the last minutes began: a ring.
  private final long[][] minutes = new long[MINUTES][3];
  private int begun = 1;
  private int slots;
  private final Deque<Point> points = new ArrayDeque<>(0);

  private record Point(long millis, double p95Millis) {}

  BudgetWatch(Budget budget) {
    this.budget = budget;
    Duration p95 = budget.p95();
    this.slowNanos = p95 == null ? Long.MAX_VALUE : p95.toNanos();
  }

  Budget budget() {
    return budget;
  }

  void record(Outcome outcome, int status, long nanos) {
    requests.increment();
    if (nanos > slowNanos) {
      slow.increment();
    }
    if (status == 0 || status >= FIRST_SERVER_ERROR || outcome == Outcome.REFUSED) {
      errors.increment();
    }
  }

  private long[] now() {
    return new long[] {requests.sum(), slow.sum(), errors.sum()};
  }

  /** Five seconds are over. */
  synchronized void endSlot() {
    slots++;
    if (slots == SLOTS_OF_MINUTE) {
      slots = 0;
      minutes[begun % MINUTES] = now();
      begun++;
    }
  }

  /** Whether the minute that ends now is to be told. */
  synchronized boolean wantsPoint() {
    return budget.p95() != null && slots % SLOTS_OF_POINT == 0;
  }

  /** Takes how long exchanges took in the last minute; too few of them leave a gap. */
  synchronized void point(long atNanos, EndpointWindow window) {
    Double p95 = window.all().p95Millis();
    long millis = atNanos / 1_000_000;
    if (p95 != null && window.all().count() >= LEAST_REQUESTS) {
      points.addLast(new Point(millis, p95));
    }
    while (!points.isEmpty()
        && (points.size() > POINTS || millis - points.getFirst().millis() > FARTHEST_MILLIS)) {
      points.removeFirst();
    }
  }

  /** When the 95th percentile reaches the budget; null where nothing tells. */
  @Nullable Forecast forecast() {
    Duration p95 = budget.p95();
    return p95 == null
        ? null
        : Trend.of(series())
            .filter(trend -> trend.perMinute() > 0)
            .flatMap(trend -> trend.reaches(p95.toNanos() / 1e6))
            .orElse(null);
  }

  private synchronized Series series() {
    long[] millis = points.stream().mapToLong(Point::millis).toArray();
    double[] p95 = points.stream().mapToDouble(Point::p95Millis).toArray();
    return new Series(STEP, millis, p95, p95);
  }

  synchronized BudgetBurn burn() {
    long[] now = now();
    long[] lately = minutes[Math.max(0, begun - LATELY) % MINUTES];
    long[] hour = minutes[Math.max(0, begun - MINUTES) % MINUTES];
    Double errorRate = budget.errorRate();
    Double above = budget.p95() == null ? null : Double.valueOf(SHARE_ABOVE_P95);
    return new BudgetBurn(
        budget,
        rate(now, lately, 1, above),
        rate(now, hour, 1, above),
        rate(now, lately, 2, errorRate),
        rate(now, hour, 2, errorRate),
        now[0] - lately[0]);
  }

  private static @Nullable Double rate(
      long[] now, long[] before, int what, @Nullable Double allowed) {
    long all = now[0] - before[0];
    return allowed == null || all == 0
        ? null
        : Double.valueOf((double) (now[what] - before[what]) / all / allowed);
  }
}
