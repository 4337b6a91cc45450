package dev.slipstream.engine.optimize;

import java.util.List;
import java.util.Set;

/** {@code aggressive_gc}: a smaller L1, and a collection where that can help. */
final class AggressiveGcRule extends BasicRule {
  private final double endPercent;
  private final MemoryLimits limits;
  private final GcRelief relief;
  private Measurements latest = Measurements.at(0).build();

  AggressiveGcRule(Ladder ladder, MemoryLimits limits, GcRelief relief) {
    super(
        "aggressive_gc",
        Threshold.percent(ladder.aggressiveMemory()),
        Metric.MEMORY,
        "make L1 smaller, ask for a collection if it helps");
    this.endPercent = ladder.emergencyMemory();
    this.limits = limits;
    this.relief = relief;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    latest = measured;
    return List.of(Reading.of(Metric.MEMORY, measured, threshold(), endPercent));
  }

  @Override
  public Action act(Reading reading, Level level) {
    Action smaller = limits.cut(reading, level);
    String collection;
    try {
      collection = relief.ask(latest);
    } catch (RuntimeException | Error e) {
      smaller.undo(); // nobody else would
      throw e;
    }
    return new Action() {
      @Override
      public String what() {
        return smaller.what() + "; " + collection;
      }

      @Override
      public void adjust(Reading now) {
        smaller.adjust(now);
      }

      @Override
      public void leave() {
        smaller.leave();
      }

      @Override
      public void inVain() {
        smaller.inVain();
      }

      @Override
      public void undo() {
        smaller.undo();
      }
    };
  }

  /** Memory comes first: a slower answer is better than none. */
  @Override
  public Set<Metric> guarded() {
    return Set.of(Metric.ERROR_RATE);
  }
}
