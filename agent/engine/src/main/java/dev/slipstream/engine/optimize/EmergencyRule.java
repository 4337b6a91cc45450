package dev.slipstream.engine.optimize;

import dev.slipstream.engine.admit.AdmissionControl;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * {@code emergency_mode}: refuses what can wait, gives stale answers, leaves our own work undone.
 */
final class EmergencyRule extends BasicRule {
  private final AdmissionControl admission;
  private final LongSupplier nanoTicker;

  EmergencyRule(double cpuPercent, AdmissionControl admission, LongSupplier nanoTicker) {
    super(
        "emergency_mode",
        Threshold.percent(cpuPercent),
        Metric.CPU,
        "refuse what can wait, give stale answers, leave our own work undone");
    this.admission = admission;
    this.nanoTicker = nanoTicker;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    return List.of(Reading.of(Metric.CPU, measured, threshold(), 100));
  }

  @Override
  public Action act(Reading reading, Level limits) {
    admission.emergency(true, nanoTicker.getAsLong());
    return new Action() {
      @Override
      public String what() {
        return "sheddable requests refused, stale answers given, our own work left undone";
      }

      @Override
      public void adjust(Reading now) {
        if (now.position() == Position.OVER) {
          admission.emergency(true, nanoTicker.getAsLong()); // it ends by itself
        }
      }

      @Override
      public void undo() {
        admission.emergency(false, nanoTicker.getAsLong());
      }
    };
  }

  @Override
  public Set<Metric> guarded() {
    return Set.of();
  }

  @Override
  public boolean isProtective() {
    return true;
  }
}
