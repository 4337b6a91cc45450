package dev.slipstream.engine.optimize;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A rule about one figure of the gateway as a whole. One that looks each 500 ms does as much as it
 * would for what the figure is in 2 s, if that goes on to rise as it did since the last look.
 */
final class GatewayRule extends BasicRule {
  private static final int LOOKS_AHEAD = 4;

  private final Metric metric;
  private final double end;
  private final Set<Metric> guarded;
  private final BiFunction<Reading, Level, Action> does;
  private final Trigger.Timing timing;
  private @Nullable Double before;

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
    Reading now = Reading.of(metric, measured, threshold(), end);
    Double was = before;
    Double is = now.value();
    before = is;
    if (!isFast() || is == null || was == null || was <= threshold().enter()) {
      return List.of(now); // what was not over it may just have become known
    }
    double severity = threshold().severity(is + LOOKS_AHEAD * Math.max(0, is - was), end);
    return List.of(new Reading(now.subject(), is, now.position(), severity, now.because()));
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
