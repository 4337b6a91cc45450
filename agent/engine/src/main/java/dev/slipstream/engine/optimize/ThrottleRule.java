package dev.slipstream.engine.optimize;

import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.admit.Congestion;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** {@code request_throttling}: limits how many requests of a congested endpoint are under way. */
final class ThrottleRule extends BasicRule {
  private final AdmissionControl admission;
  private final LongSupplier nanoTicker;
  private long sampledMillis = Long.MIN_VALUE;
  private @Nullable Double cpuSampled;
  private @Nullable Double cpuBefore;

  ThrottleRule(double cpuPercent, AdmissionControl admission, LongSupplier nanoTicker) {
    super(
        "request_throttling",
        Threshold.percent(cpuPercent),
        Metric.P95,
        "limit how many requests of the endpoint are under way");
    this.admission = admission;
    this.nanoTicker = nanoTicker;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    Double cpu = measured.value(Metric.CPU);
    Double twice = ofTwoSamples(measured.atMillis(), cpu);
    admission.processorBusy(cpu != null && cpu > threshold().enter());
    List<Reading> readings = new ArrayList<>();
    for (EndpointGuard guard : admission.guards()) {
      Signals signals = guard.signals();
      boolean over = Congestion.isOver(signals, twice, threshold().enter());
      if (over || guard.isThrottled()) {
        boolean under = Congestion.isUnder(signals, cpu, threshold().enter());
        Position position = over ? Position.OVER : under ? Position.UNDER : Position.BETWEEN;
        String because = because(signals, cpu);
        readings.add(new Reading(guard.name(), cpu, position, over ? 1 : 0, because));
      }
    }
    return readings;
  }

  /** The lesser of the last two samples: this looks more often than the processor is measured. */
  private @Nullable Double ofTwoSamples(long atMillis, @Nullable Double cpu) {
    if (atMillis != sampledMillis) {
      sampledMillis = atMillis;
      cpuBefore = cpuSampled;
    }
    cpuSampled = cpu;
    Double before = cpuBefore;
    return cpu == null || before == null ? null : (Double) Math.min(cpu, before);
  }

  private static String because(Signals signals, @Nullable Double cpu) {
    return String.format(
        Locale.ROOT,
        "%d under way, %.1f supported; p95 %s, usually %s; cpu %s",
        signals.inFlight(),
        signals.supported(),
        millis(signals.p95Millis()),
        millis(signals.baselineP95Millis()),
        cpu == null ? "not measured" : Metric.CPU.format(cpu));
  }

  private static String millis(@Nullable Double value) {
    return value == null ? "not measured" : Metric.P95.format(value);
  }

  @Override
  public Action act(Reading reading, Level limits) {
    String endpoint = reading.subject();
    EndpointGuard guard = admission.guard(endpoint);
    if (guard == null) {
      return Action.nothing("the endpoint has no guard");
    }
    guard.throttle(true, nanoTicker.getAsLong());
    return Action.of(
        "limited to " + guard.signals().limit() + " at first",
        () -> guard.throttle(false, nanoTicker.getAsLong()));
  }

  /** A slow backend must not take the threads of the others. */
  @Override
  public String measuredBy(String subject) {
    return Measurements.GATEWAY;
  }

  @Override
  public Set<Metric> guarded() {
    return Set.of(Metric.P95); // an application in trouble fails more, whatever is done
  }

  @Override
  public boolean isFast() {
    return true;
  }

  @Override
  public boolean isProtective() {
    return true;
  }
}
