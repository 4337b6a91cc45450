package dev.slipstream.engine.optimize;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sees of a subject now.
 *
 * @param subject {@link Measurements#GATEWAY} or an endpoint's name
 * @param value what is compared with the threshold, in its unit; null where it was not measured
 * @param position where that is
 * @param severity how far over the threshold, 0 to 1
 * @param because what was seen, in numbers
 */
record Reading(
    String subject, @Nullable Double value, Position position, double severity, String because) {
  Reading {
    Objects.requireNonNull(subject);
    Objects.requireNonNull(position);
    Objects.requireNonNull(because);
    if (!(severity >= 0 && severity <= 1)) {
      throw new IllegalArgumentException("severity " + severity);
    }
  }

  /** Of the gateway, compared with a threshold; full severity at an end. */
  static Reading of(Metric metric, Measurements measured, Threshold threshold, double end) {
    Double value = measured.value(metric);
    return of(Measurements.GATEWAY, metric, value, threshold, end);
  }

  /** Of a subject, likewise. */
  static Reading of(
      String subject, Metric metric, @Nullable Double value, Threshold threshold, double end) {
    String because =
        value == null
            ? metric.text() + " is not measured"
            : metric.text()
                + " "
                + metric.format(value)
                + ", threshold "
                + metric.format(threshold.enter());
    return new Reading(
        subject, value, threshold.position(value), threshold.severity(value, end), because);
  }
}
