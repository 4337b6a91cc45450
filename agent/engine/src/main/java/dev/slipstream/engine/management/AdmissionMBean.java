package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.AdmissionMXBean;
import dev.slipstream.config.jmx.GuardedEndpoint;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.admit.EndpointBreaker;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.Signals;
import dev.slipstream.engine.admit.TurnedAway;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What decides which requests the application is asked about, for JMX. */
final class AdmissionMBean implements AdmissionMXBean {
  private final AdmissionControl admission;

  AdmissionMBean(AdmissionControl admission) {
    this.admission = admission;
  }

  @Override
  public long getRefused() {
    return admission.refusals().all();
  }

  @Override
  public long getRefusedThrottled() {
    return admission.refusals().of(TurnedAway.Reason.THROTTLED);
  }

  @Override
  public long getRefusedBreakerOpen() {
    return admission.refusals().of(TurnedAway.Reason.BREAKER_OPEN);
  }

  @Override
  public long getRefusedEmergency() {
    return admission.refusals().of(TurnedAway.Reason.EMERGENCY);
  }

  @Override
  public long getRefusedAnsweredStale() {
    return admission.refusals().answeredStale();
  }

  @Override
  public int getInFlight() {
    return admission.guards().stream().mapToInt(EndpointGuard::inFlight).sum();
  }

  @Override
  public long getUnguarded() {
    return admission.unguarded();
  }

  @Override
  public List<String> getThrottled() {
    return names(EndpointGuard::isThrottled);
  }

  @Override
  public List<String> getBroken() {
    return names(guard -> guard.breakerState() != EndpointBreaker.State.CLOSED);
  }

  private List<String> names(Predicate<EndpointGuard> which) {
    return admission.guards().stream().filter(which).map(EndpointGuard::name).sorted().toList();
  }

  @Override
  public boolean isEmergency() {
    return admission.emergency().isOn();
  }

  @Override
  public long getEmergencies() {
    return admission.emergency().times();
  }

  @Override
  public long getEmergencyMillis() {
    return admission.emergency().millis(System.nanoTime());
  }

  @Override
  public List<GuardedEndpoint> getEndpoints() {
    return admission.guards().stream()
        .map(AdmissionMBean::describe)
        .sorted(
            Comparator.comparingLong(GuardedEndpoint::refused)
                .reversed()
                .thenComparing(GuardedEndpoint::endpoint))
        .toList();
  }

  private static GuardedEndpoint describe(EndpointGuard guard) {
    Signals signals = guard.signals();
    return new GuardedEndpoint(
        guard.name(),
        guard.inFlight(),
        signals.limit(),
        guard.breakerState().name().toLowerCase(Locale.ROOT),
        guard.breakerOpened(),
        signals.throughputPerSecond(),
        signals.minLatencyMillis(),
        signals.p95Millis(),
        signals.baselineP95Millis(),
        signals.badCalls(),
        guard.refusals().all(),
        guard.refusals().answeredStale());
  }
}
