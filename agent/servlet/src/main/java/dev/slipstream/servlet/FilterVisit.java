package dev.slipstream.servlet;

import org.jspecify.annotations.Nullable;

/**
 * A request's time at a filter of which it is not known whether it answers: where it passes the
 * request on, the exchange that was begun there is off.
 */
final class FilterVisit {
  private final FilterHabits habits;
  private final String path;
  private volatile @Nullable Exchange exchange;
  private volatile boolean passed;

  FilterVisit(FilterHabits habits, String path) {
    this.habits = habits;
    this.path = path;
  }

  /** The exchange that was begun at the filter. */
  void began(Exchange begun) {
    exchange = begun;
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  /** Whether it is at that filter. */
  boolean isAt(FilterHabits filter) {
    return filter == habits;
  }

  /** The filter passes the request on. */
  void passOn() {
    if (!passed) {
      passed = true;
      habits.passes(path);
      Exchange begun = exchange;
      if (begun != null) {
        begun.handOn();
      }
    }
  }

  boolean isPassed() {
    return passed;
  }

  /** The filter has returned. */
  void left(@Nullable Throwable thrown, int status) {
    if (!passed && thrown == null && status / 100 == 2) {
      habits.answers(path);
    }
  }
}
