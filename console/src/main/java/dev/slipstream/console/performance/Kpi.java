package dev.slipstream.console.performance;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure that there is a target for.
 *
 * @param value what was measured; null where nothing was
 * @param unit share (0 to 1), ms, bytes, percent, 1/s, 1/h
 * @param target such as {@code > 0.75}, in the unit
 * @param met whether it is; null where that does not follow from what was measured
 * @param note what the figure is made of, and why it may not decide; null where the label says it
 */
public record Kpi(
    String name,
    String label,
    @Nullable Double value,
    String unit,
    String target,
    @Nullable Boolean met,
    @Nullable String note) {

  /** A figure that has to be more than a bound. */
  static Kpi above(String name, String label, @Nullable Double value, String unit, double bound) {
    Boolean met = value == null ? null : Boolean.valueOf(value > bound);
    return new Kpi(name, label, value, unit, "> " + text(bound), met, null);
  }

  /** A figure that has to be less than a bound. */
  static Kpi below(String name, String label, @Nullable Double value, String unit, double bound) {
    Boolean met = value == null ? null : Boolean.valueOf(value < bound);
    return new Kpi(name, label, value, unit, "< " + text(bound), met, null);
  }

  /** With a note on what it is made of. */
  Kpi noted(String text) {
    return new Kpi(name, label, value, unit, target, met, text);
  }

  /** The figure is measured too high, or too low, to tell more than that the target is met. */
  Kpi onlyIfMet(String why) {
    boolean decided = met != null && met;
    return new Kpi(name, label, value, unit, target, decided ? met : null, why);
  }

  private static String text(double bound) {
    return bound == Math.rint(bound)
        ? String.format(Locale.ROOT, "%.0f", bound)
        : String.valueOf(bound);
  }
}
