package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.Priority;
import org.junit.jupiter.api.Test;

class AdmissionControlTest {
  private final AdmissionControl control =
      new AdmissionControl(true, 4, path -> path.equals("/health"));

  @Test
  void guard_isOneForEachEndpoint_upToABound() {
    EndpointGuard one = control.guard("GET", "/a", 0);

    assertThat(control.guard("GET", "/a", 1)).isSameAs(one);
    assertThat(control.guard("POST", "/a", 1)).isNotSameAs(one);
    assertThat(control.guard("GET /a")).isSameAs(one);
    for (int i = 0; i < 2 * AdmissionControl.MOST_GUARDS; i++) {
      control.guard("GET", "/" + i, 1);
    }
    assertThat(control.guards()).hasSize(AdmissionControl.MOST_GUARDS);
    EndpointGuard none = control.guard("GET", "/other", 1);
    assertThat(none).isNull();
    assertThat(control.admit(none, Priority.DEFAULT, "/other", 1)).isNull();
    control.permit(none, 1).ended(2, true);
  }

  @Test
  void guards_withoutTraffic_makeRoomForOthers() {
    for (int i = 0; i <= AdmissionControl.MOST_GUARDS; i++) {
      control.guard("GET", "/" + i, 0);
    }
    assertThat(control.unguarded()).isEqualTo(1);
    EndpointGuard busy = control.guard("GET", "/0", 0);
    for (int i = 1; i <= 62; i++) {
      long now = i * 1_000_000_000L;
      control.admit(busy, Priority.DEFAULT, "/0", now);
      control.permit(busy, now).ended(now, false);
      control.tick(now);
    }

    assertThat(control.guards()).containsExactly(busy);
    assertThat(control.guard("POST", "/a", 62_000_000_000L)).isNotNull();
    assertThat(control.unguarded()).isEqualTo(1);
  }

  @Test
  void guard_whereNobodyWillAct_isNone() {
    assertThat(new AdmissionControl(false, 4, path -> false).guard("GET", "/a", 0)).isNull();
  }

  @Test
  void emergency_refusesWhatCanWait() {
    EndpointGuard guard = control.guard("GET", "/a", 0);
    control.emergency(true, 1);

    TurnedAway turnedAway = control.admit(guard, Priority.SHEDDABLE, "/a", 2);
    assertThat(turnedAway).isEqualTo(new TurnedAway(TurnedAway.Reason.EMERGENCY, 10));
    assertThat(control.admit(null, Priority.SHEDDABLE, "/a", 2)).isNotNull();
    assertThat(control.admit(guard, Priority.DEFAULT, "/a", 2)).isNull();
    assertThat(control.admit(guard, Priority.CRITICAL, "/a", 2)).isNull();

    control.emergency(false, 3);
    assertThat(control.admit(guard, Priority.SHEDDABLE, "/a", 4)).isNull();
  }

  @Test
  void healthChecks_alwaysPass_andAreCounted() {
    EndpointGuard guard = control.guard("GET", "/health", 0);
    control.emergency(true, 1);
    guard.throttle(true, 1);
    guard.breaker(true, 1);

    for (int i = 0; i < 100; i++) {
      assertThat(control.admit(guard, Priority.SHEDDABLE, "/health", 2)).isNull();
    }
    assertThat(guard.inFlight()).isEqualTo(100);
    assertThat(control.admit(guard, Priority.SHEDDABLE, "/healthy", 2)).isNotNull();
    for (int i = 0; i < 100; i++) {
      control.permit(guard, 2).ended(3, false);
    }
    assertThat(guard.inFlight()).isZero();
  }

  @Test
  void permit_isGivenBackOnce() {
    EndpointGuard guard = control.guard("GET", "/a", 0);
    control.admit(guard, Priority.DEFAULT, "/a", 1);
    control.admit(guard, Priority.DEFAULT, "/a", 1);
    Permit permit = control.permit(guard, 1);

    permit.ended(2, false);
    permit.ended(2, true);
    permit.release();

    assertThat(guard.inFlight()).isEqualTo(1);
  }

  @Test
  void release_letsEverythingThroughAgain() {
    EndpointGuard guard = control.guard("GET", "/a", 0);
    guard.throttle(true, 1);
    guard.breaker(true, 1);
    control.emergency(true, 1);

    control.release(2);

    assertThat(guard.isThrottled()).isFalse();
    assertThat(control.emergency().isOn(2)).isFalse();
    for (int i = 0; i < 100; i++) {
      assertThat(control.admit(guard, Priority.SHEDDABLE, "/a", 3)).isNull();
    }
  }

  @Test
  void refusals_areCountedByReason() {
    EndpointGuard guard = control.guard("GET", "/a", 0);
    control.turnedAway(guard, TurnedAway.Reason.THROTTLED, false);
    control.turnedAway(guard, TurnedAway.Reason.BREAKER_OPEN, true);
    control.turnedAway(null, TurnedAway.Reason.EMERGENCY, false);

    assertThat(control.refusals().all()).isEqualTo(3);
    assertThat(control.refusals().answeredStale()).isEqualTo(1);
    assertThat(guard.refusals().all()).isEqualTo(2);
    assertThat(guard.refusals().of(TurnedAway.Reason.THROTTLED)).isEqualTo(1);
  }
}
