package dev.slipstream.engine.admit;

import dev.slipstream.config.rules.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests the application is asked about. Of itself it lets everything through and
 * measures; the optimizer throttles endpoints, opens breakers and begins emergencies. Thread-safe.
 *
 * <p>{@value #MOST_GUARDS} endpoints have a guard each, until they are idle. The rest has none: one
 * that is shared would make an endpoint pay for another.
 */
public final class AdmissionControl {
  /** Endpoints that are guarded. */
  public static final int MOST_GUARDS = 500;

  private static final int LONGEST_METHOD = 20;
  private static final int EMERGENCY_RETRY_SECONDS = 10;

  private final boolean measuring;
  private final int leastLimit;
  private final Predicate<String> healthChecks;
  private final Map<String, Map<String, EndpointGuard>> byMethod = new ConcurrentHashMap<>();
  private final AtomicInteger known = new AtomicInteger();
  private final LongAdder unguarded = new LongAdder();
  private volatile boolean processorBusy;
  private final Emergency emergency = new Emergency();
  private final Refusals refusals = new Refusals();

  /**
   * Makes one that lets everything through.
   *
   * @param measuring whether anybody will ever act; else nothing is measured either
   * @param leastLimit how many requests of an endpoint may be under way, however throttled it is
   * @param healthChecks the paths that are always let through
   */
  public AdmissionControl(boolean measuring, int leastLimit, Predicate<String> healthChecks) {
    this.measuring = measuring;
    this.leastLimit = leastLimit;
    this.healthChecks = healthChecks;
  }

  /** The guard of an endpoint; null where it has none. */
  public @Nullable EndpointGuard guard(String method, String template, long nowNanos) {
    if (!measuring) {
      return null;
    }
    Map<String, EndpointGuard> ofMethod = byMethod.get(method);
    EndpointGuard guard = ofMethod == null ? null : ofMethod.get(template);
    if (guard != null) {
      return guard;
    }
    if (known.get() >= MOST_GUARDS || method.length() > LONGEST_METHOD) { // takes no lock
      unguarded.increment();
      return null;
    }
    return add(method, template, nowNanos);
  }

  private synchronized @Nullable EndpointGuard add(String method, String template, long nowNanos) {
    if (known.get() >= MOST_GUARDS) {
      unguarded.increment();
      return null;
    }
    Map<String, EndpointGuard> ofMethod =
        byMethod.computeIfAbsent(method, first -> new ConcurrentHashMap<>());
    return ofMethod.computeIfAbsent(
        template,
        first -> {
          known.incrementAndGet();
          return new EndpointGuard(method + ' ' + template, leastLimit, nowNanos);
        });
  }

  /**
   * Asks to let a request through to the application. Where it is let through, a {@link #permit}
   * has to be given back.
   *
   * @param path the request's, by which health checks are known
   * @return null where it is let through
   */
  public @Nullable TurnedAway admit(
      @Nullable EndpointGuard guard, Priority priority, String path, long nowNanos) {
    TurnedAway turnedAway = null;
    if (priority == Priority.SHEDDABLE && emergency.isOn(nowNanos)) {
      turnedAway = new TurnedAway(TurnedAway.Reason.EMERGENCY, EMERGENCY_RETRY_SECONDS);
    } else if (guard != null) {
      turnedAway = guard.admit(priority, nowNanos);
    }
    if (turnedAway != null && healthChecks.test(path)) {
      if (guard != null) {
        guard.pass(nowNanos);
      }
      return null;
    }
    return turnedAway;
  }

  /** Whether requests of a path are never refused. */
  public boolean isHealthCheck(String path) {
    return healthChecks.test(path);
  }

  /** What is to be given back for a request that was let through then. */
  public Permit permit(@Nullable EndpointGuard guard, long nowNanos) {
    return guard == null ? Permit.FREE : new Permit(guard, nowNanos);
  }

  /**
   * A request was turned away.
   *
   * @param answered whether it got a stale answer; else 503
   */
  public void turnedAway(
      @Nullable EndpointGuard guard, TurnedAway.Reason reason, boolean answered) {
    refusals.count(reason, answered);
    if (guard != null) {
      guard.refusals().count(reason, answered);
    }
  }

  /** Begins an emergency, or ends it. */
  public void emergency(boolean on, long nowNanos) {
    if (on) {
      emergency.begin(nowNanos);
    } else {
      emergency.end(nowNanos);
    }
  }

  /** Whether there is an emergency. */
  public Emergency emergency() {
    return emergency;
  }

  /** What was refused, of all endpoints. */
  public Refusals refusals() {
    return refusals;
  }

  /** All guards. */
  public List<EndpointGuard> guards() {
    List<EndpointGuard> all = new ArrayList<>();
    byMethod.values().forEach(ofMethod -> all.addAll(ofMethod.values()));
    return all;
  }

  /** The guard of an endpoint by its name, or null. */
  public @Nullable EndpointGuard guard(String name) {
    int space = name.indexOf(' ');
    Map<String, EndpointGuard> ofMethod = space < 0 ? null : byMethod.get(name.substring(0, space));
    return ofMethod == null ? null : ofMethod.get(name.substring(space + 1));
  }

  /** How often a guard was asked for that there is no room for. */
  public long unguarded() {
    return unguarded.sum();
  }

  /** Says whether the processor is so busy that throttles are not to let more through. */
  public void processorBusy(boolean busy) {
    processorBusy = busy;
  }

  /** Looks at all endpoints: to be called each 500 ms, by one thread. */
  public void tick(long nowNanos) {
    emergency.tick(nowNanos);
    boolean busy = processorBusy;
    byMethod.values().forEach(ofMethod -> ofMethod.values().forEach(g -> g.tick(nowNanos, busy)));
    evict(nowNanos);
  }

  private synchronized void evict(long nowNanos) {
    for (Map<String, EndpointGuard> ofMethod : byMethod.values()) {
      // A request that has the guard already is not guarded; none has come for a minute.
      ofMethod
          .values()
          .removeIf(
              guard -> {
                boolean gone = guard.isForgettable(nowNanos);
                if (gone) {
                  known.decrementAndGet();
                }
                return gone;
              });
    }
    byMethod.values().removeIf(Map::isEmpty);
  }

  /** Lets everything through again. By the thread that ticks. */
  public void release(long nowNanos) {
    emergency.end(nowNanos);
    for (EndpointGuard guard : guards()) {
      guard.throttle(false, nowNanos);
      guard.breaker(false, nowNanos);
    }
  }
}
