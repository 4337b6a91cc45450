package dev.slipstream.engine.optimize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A settable bound with its unit: a value over it lets a rule enter, one well under it lets the
 * rule leave. Thread-safe.
 *
 * <p>Between the two is a gap, so that a value that trembles about the threshold changes nothing:
 * 10 points for percentages, a tenth for everything else.
 */
final class Threshold {
  private static final double POINTS = 10;
  private static final double FACTOR = 0.9;

  private final String unit;
  private final double least;
  private final double greatest;
  private volatile double enter;

  /**
   * Makes a threshold.
   *
   * @param enter the value above which a rule enters, within the bounds
   * @param unit what it is in
   */
  Threshold(double enter, String unit, double least, double greatest) {
    this.unit = unit;
    this.least = least;
    this.greatest = greatest;
    this.enter = enter;
  }

  static Threshold percent(double enter) {
    return new Threshold(enter, "%", 1, 99);
  }

  static Threshold millis(double enter) {
    return new Threshold(enter, "ms", 1, 3_600_000);
  }

  /** The value above which a rule enters. */
  double enter() {
    return enter;
  }

  /** The value below which it leaves. */
  double leave() {
    double entered = enter;
    return unit.equals("%") ? Math.max(entered / 2, entered - POINTS) : entered * FACTOR;
  }

  String unit() {
    return unit;
  }

  /**
   * Sets the value above which a rule enters.
   *
   * @throws IllegalArgumentException with what is accepted
   */
  void set(double value) {
    if (!(value >= least && value <= greatest)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "threshold %s; accepted: %s to %s %s",
              number(value),
              number(least),
              number(greatest),
              unit));
    }
    enter = value;
  }

  Position position(@Nullable Double value) {
    if (value == null) {
      return Position.UNDER;
    }
    double entered = enter;
    return value > entered ? Position.OVER : value < leave() ? Position.UNDER : Position.BETWEEN;
  }

  /** How far a value is on its way from the threshold to an end, 0 to 1. */
  double severity(@Nullable Double value, double end) {
    double entered = enter;
    if (value == null || value <= entered) {
      return 0;
    }
    return end <= entered ? 1 : Math.min(1, (value - entered) / (end - entered));
  }

  /** A number without needless decimals. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
