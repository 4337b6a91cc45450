package dev.slipstream.engine.optimize;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code l2_degraded}: lets requests leave L2 out for two minutes where it takes them longer than
 * its budget, and tries again. What is invalidated goes out to it meanwhile.
 */
final class RedisRule extends BasicRule {
  static final long PAUSE_MILLIS = Duration.ofMinutes(2).toMillis();

  /** L2, as far as it can be left out. */
  interface Tier {
    /** Lets requests leave it out, or use it again. */
    void pause(boolean value);
  }

  private final Tier tier;
  private @Nullable Long pausedAtMillis;
  private long nowMillis;

  RedisRule(Duration budget, Tier tier) {
    super(
        "l2_degraded",
        Threshold.millis(Math.max(1.0, budget.toNanos() / 1e6)),
        Metric.P95,
        "leave L2 out for 2 min");
    this.tier = tier;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    nowMillis = measured.atMillis();
    Long paused = pausedAtMillis;
    if (paused == null) {
      return List.of(Reading.of(Metric.L2_P95, measured, threshold(), 3 * threshold().enter()));
    }
    boolean over = nowMillis - paused >= PAUSE_MILLIS;
    return List.of(
        new Reading(
            Measurements.GATEWAY,
            null,
            over ? Position.UNDER : Position.BETWEEN,
            0,
            over ? "2 min are over: L2 is tried again" : "L2 is left out"));
  }

  @Override
  public Action act(Reading reading, Level limits) {
    tier.pause(true);
    pausedAtMillis = nowMillis;
    return Action.of(
        "L2 left out for 2 min; invalidations go out",
        () -> {
          tier.pause(false);
          pausedAtMillis = null;
        });
  }
}
