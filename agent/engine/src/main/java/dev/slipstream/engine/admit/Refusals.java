package dev.slipstream.engine.admit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were turned away, by reason, and what became of them. Thread-safe. */
public final class Refusals {
  private final Map<TurnedAway.Reason, LongAdder> byReason = new EnumMap<>(TurnedAway.Reason.class);
  private final LongAdder stale = new LongAdder();

  Refusals() {
    for (TurnedAway.Reason reason : TurnedAway.Reason.values()) {
      byReason.put(reason, new LongAdder());
    }
  }

  /**
   * A request was turned away.
   *
   * @param answered whether it got a stale answer; else 503
   */
  void count(TurnedAway.Reason reason, boolean answered) {
    counter(reason).increment();
    if (answered) {
      stale.increment();
    }
  }

  /** Requests turned away for a reason. */
  public long of(TurnedAway.Reason reason) {
    return counter(reason).sum();
  }

  private LongAdder counter(TurnedAway.Reason reason) {
    return Objects.requireNonNull(byReason.get(reason));
  }

  /** Requests turned away. */
  public long all() {
    return byReason.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Those of them that got a stale answer. */
  public long answeredStale() {
    return stale.sum();
  }
}
