package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.AdmissionMXBean;
import dev.slipstream.config.jmx.GuardedEndpoint;

/** Requests that were refused, and why. */
final class AdmissionMetrics {
  private static final int MOST = 100;

  private AdmissionMetrics() {}

  static void add(TargetFamilies to, AdmissionMXBean admission) {
    to.flag("emergency_active", "Whether there is an emergency: 1 or 0", admission.isEmergency());
    to.counter("emergencies", "Emergencies that began", admission.getEmergencies());
    to.counter("emergency_seconds", "Time in emergencies", admission.getEmergencyMillis() / 1e3);
    addRefused(to, "throttled", admission.getRefusedThrottled());
    addRefused(to, "breaker_open", admission.getRefusedBreakerOpen());
    addRefused(to, "emergency", admission.getRefusedEmergency());
    to.counter(
        "admission_refused_stale",
        "Of the requests refused, those answered with what was stale",
        admission.getRefusedAnsweredStale());
    to.gauge(
        "throttled_endpoints", "Endpoints that are throttled", admission.getThrottled().size());
    to.gauge(
        "broken_endpoints", "Endpoints whose breaker is not closed", admission.getBroken().size());
    admission.getEndpoints().stream()
        .filter(AdmissionMetrics::hadTrouble)
        .limit(MOST)
        .forEach(endpoint -> add(to, endpoint));
  }

  private static void addRefused(TargetFamilies to, String reason, long count) {
    to.counter(
        "admission_refused",
        "Requests refused so that others could be answered: throttled, breaker_open or emergency",
        count,
        "reason",
        reason);
  }

  private static boolean hadTrouble(GuardedEndpoint endpoint) {
    return endpoint.limit() != null || endpoint.breakerOpened() > 0 || endpoint.refused() > 0;
  }

  private static void add(TargetFamilies to, GuardedEndpoint endpoint) {
    String[] name = {"endpoint", endpoint.endpoint()};
    to.gauge(
        "endpoint_throttle_limit",
        "Exchanges that may be under way; none while an endpoint is not throttled",
        endpoint.limit(),
        name);
    to.flag(
        "endpoint_breaker_open",
        "Whether an endpoint's breaker is not closed: 1 or 0; none before there was trouble",
        !endpoint.breaker().equals("closed"),
        name);
    to.counter(
        "endpoint_breaker_openings",
        "Times an endpoint's breaker opened; none before there was trouble",
        endpoint.breakerOpened(),
        name);
    to.counter(
        "endpoint_refused",
        "Requests of an endpoint refused; none before there was trouble",
        endpoint.refused(),
        name);
  }
}
