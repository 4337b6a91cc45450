package dev.slipstream.engine.optimize;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** A rule about one figure of the gateway as a whole. */
final class GatewayRule extends BasicRule {
  private final Metric metric;
  private final double end;
  private final Set<Metric> guarded;
  private final BiFunction<Reading, Level, Action> does;
  private final Trigger.Timing timing;

  /**
   * Makes one.
   *
   * @param metric what it looks at, and what should get better
   * @param end where trouble is greatest
   * @param guarded what must not get worse
   * @param does its action
   * @param timing when it enters and leaves
   */
  GatewayRule(
      String name,
      Metric metric,
      Threshold threshold,
      double end,
      Set<Metric> guarded,
      String intent,
      BiFunction<Reading, Level, Action> does,
      Trigger.Timing timing) {
    super(name, threshold, metric, intent);
    this.metric = metric;
    this.end = end;
    this.guarded = Set.copyOf(guarded);
    this.does = does;
    this.timing = timing;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    return List.of(Reading.of(metric, measured, threshold(), end));
  }

  @Override
  public Action act(Reading reading, Level limits) {
    return does.apply(reading, limits);
  }

  @Override
  public boolean isFast() {
    return !timing.equals(Trigger.Timing.STEADY);
  }

  @Override
  public Trigger.Timing timing() {
    return timing;
  }

  @Override
  public Set<Metric> guarded() {
    return guarded;
  }
}
