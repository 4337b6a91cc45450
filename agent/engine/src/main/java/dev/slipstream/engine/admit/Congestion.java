package dev.slipstream.engine.admit;

import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint is to be throttled. Pure.
 *
 * <p>By Little's law what is under way is throughput × latency; more than throughput × the least
 * latency is waiting somewhere. That alone is no trouble. It is where the processor is busy, or
 * where answers take far longer than they usually do.
 */
public final class Congestion {
  /** What takes no longer than this, in milliseconds, is never too slow. */
  public static final double LEAST_SLOW_MILLIS = 50;

  private static final double CPU_MARGIN = 10;
  private static final double P95_MARGIN = 0.9;

  private Congestion() {}

  /**
   * Whether there is too much under way; never before it is known what is usual.
   *
   * @param cpuPercent the processor's use, or null where it was not measured
   * @param cpuThreshold above which it is busy
   */
  public static boolean isOver(Signals signals, @Nullable Double cpuPercent, double cpuThreshold) {
    if (signals.inFlight() <= signals.supported() || signals.baselineP95Millis() == null) {
      return false;
    }
    return (cpuPercent != null && cpuPercent > cpuThreshold) || isSlow(signals, 1);
  }

  /** Whether the trouble is well over, and a throttle that is on has nothing to do. */
  public static boolean isUnder(Signals signals, @Nullable Double cpuPercent, double cpuThreshold) {
    boolean busy = cpuPercent != null && cpuPercent > cpuThreshold - CPU_MARGIN;
    boolean over = signals.inFlight() > signals.supported();
    return signals.refused() == 0 && !(busy && over) && isWell(signals);
  }

  /** Whether answers are well below what is too slow. */
  static boolean isWell(Signals signals) {
    return !isSlow(signals, P95_MARGIN);
  }

  private static boolean isSlow(Signals signals, double margin) {
    Double usual = signals.baselineP95Millis();
    Double now = signals.p95Millis();
    return usual != null
        && now != null
        && now > margin * Math.max(LEAST_SLOW_MILLIS, Baseline.TROUBLE * usual);
  }
}
