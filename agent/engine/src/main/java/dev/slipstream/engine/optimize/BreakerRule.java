package dev.slipstream.engine.optimize;

import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.admit.EndpointBreaker;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/** {@code error_breaker}: opens an endpoint's breaker, which from then on looks after itself. */
final class BreakerRule extends BasicRule {
  private final AdmissionControl admission;
  private final LongSupplier nanoTicker;

  BreakerRule(AdmissionControl admission, LongSupplier nanoTicker) {
    super(
        "error_breaker",
        new Threshold(50, "percent of the last 50 calls", 10, 100),
        Metric.P95,
        "open the endpoint's breaker");
    this.admission = admission;
    this.nanoTicker = nanoTicker;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    List<Reading> readings = new ArrayList<>();
    for (EndpointGuard guard : admission.guards()) {
      Signals signals = guard.signals();
      double percent = signals.badRate() * 100;
      boolean closed = signals.breaker() == EndpointBreaker.State.CLOSED;
      if (percent > 0 || !closed) {
        boolean over = percent >= threshold().enter() || !closed;
        Position position =
            over
                ? Position.OVER
                : percent < threshold().leave() ? Position.UNDER : Position.BETWEEN;
        String because =
            String.format(
                Locale.ROOT,
                "%d of the last %d calls failed or were slow, threshold %s %%; breaker %s",
                signals.badCalls(),
                Math.round(signals.badCalls() / Math.max(1e-9, signals.badRate())),
                Threshold.number(threshold().enter()),
                signals.breaker().name().toLowerCase(Locale.ROOT));
        readings.add(
            new Reading(guard.name(), percent, position, Math.min(1, percent / 100), because));
      }
    }
    return readings;
  }

  @Override
  public Action act(Reading reading, Level limits) {
    EndpointGuard guard = admission.guard(reading.subject());
    if (guard == null) {
      return Action.nothing("the endpoint has no guard");
    }
    guard.breaker(true, nanoTicker.getAsLong());
    return Action.of(
        "breaker opened; stale answers where they may be given",
        () -> guard.breaker(false, nanoTicker.getAsLong()));
  }

  @Override
  public String measuredBy(String subject) {
    return Measurements.GATEWAY;
  }

  @Override
  public Set<Metric> guarded() {
    return Set.of(Metric.P95);
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
