package dev.slipstream.engine.http;

import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.TurnedAway;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a request's leave to go on to the application, and finds what its client gets where that
 * is refused. Stored answers that are fresh need no leave. Thread-safe.
 */
public final class Doorkeeper {
  private final HttpCache cache;
  private final AdmissionControl admission;

  /** What becomes of a request that is not to go on. */
  public sealed interface Answer {}

  /** It gets what is stored, stale as it is. */
  public record Stale(Decision.Serve serve) implements Answer {}

  /**
   * It is refused, with status 503.
   *
   * @param why why
   */
  public record Refuse(TurnedAway why) implements Answer {
    /** The status. */
    public static final int STATUS = 503;

    /** The body's type (RFC 9457). */
    public static final String CONTENT_TYPE = "application/problem+json";

    /** The Cache-Status field's value. */
    public String cacheStatus() {
      return CacheStatus.detail(why.reason().detail());
    }

    /** The Retry-After field's value (RFC 9110 §10.2.3). */
    public String retryAfter() {
      return Integer.toString(why.retryAfterSeconds());
    }

    /** The body. */
    public byte[] body() {
      String text =
          "{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\""
              + why.reason().sentence()
              + "\"}\n";
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  Doorkeeper(HttpCache cache, AdmissionControl admission) {
    this.cache = cache;
    this.admission = admission;
  }

  /** What decides. */
  public AdmissionControl admission() {
    return admission;
  }

  /** Whether there is an emergency: what is not needed now is left undone. */
  public boolean isEmergency() {
    return admission.emergency().isOn();
  }

  /** The guard of a request that is to go on by such a decision, or null. */
  public @Nullable EndpointGuard guard(Decision decision, RequestView request) {
    // Another protocol on the connection is no answer, and lasts as long as it lasts.
    boolean upgrade = decision instanceof Decision.Bypass bypass && bypass.why() == Forward.UPGRADE;
    return upgrade ? null : guard(request);
  }

  /** The guard of a request's endpoint, or null. */
  @Nullable EndpointGuard guard(RequestView request) {
    String template = cache.endpointNames().of(request.path());
    return admission.guard(request.method(), template, System.nanoTime());
  }

  /**
   * Asks for a request that is to go on to the application.
   *
   * @param decision the cache's: to fetch, to observe, or to take no part
   * @param guard the request's: see {@link #guard(Decision, RequestView)}
   * @param nowNanos when the request began
   * @return null where it goes on, which the guard is to be told the end of
   */
  public @Nullable Answer ask(
      Decision decision, RequestView request, @Nullable EndpointGuard guard, long nowNanos) {
    Decision.Fetch fetch = decision instanceof Decision.Fetch fetched ? fetched : null;
    if (fetch != null && admission.emergency().isOn(nowNanos)) {
      Answer stale = staleInEmergency(fetch, request, guard);
      if (stale != null) {
        return stale;
      }
    }
    TurnedAway turnedAway = fetch == null ? null : fetch.turnedAway();
    if (turnedAway == null) {
      turnedAway = admission.admit(guard, cache.priority(request), request.path(), nowNanos);
    }
    if (turnedAway == null) {
      return null;
    }
    Decision.Serve serve = null;
    if (fetch != null) {
      fetch.release(turnedAway);
      serve = cache.insteadOfAsking(fetch, turnedAway.reason().detail());
    }
    admission.turnedAway(guard, turnedAway.reason(), serve != null);
    return serve == null ? new Refuse(turnedAway) : new Stale(serve);
  }

  private @Nullable Answer staleInEmergency(
      Decision.Fetch fetch, RequestView request, @Nullable EndpointGuard guard) {
    TurnedAway.Reason reason = TurnedAway.Reason.EMERGENCY;
    if (admission.isHealthCheck(request.path())) {
      return null;
    }
    Decision.Serve serve = cache.insteadOfAsking(fetch, reason.detail());
    if (serve == null) {
      return null;
    }
    fetch.release(new TurnedAway(reason, 1));
    admission.turnedAway(guard, reason, true);
    return new Stale(serve);
  }
}
