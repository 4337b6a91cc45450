package dev.slipstream.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NeedTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /, NOTHING",
    "GET, /app/main.js, NOTHING",
    "HEAD, /vendor/uPlot-1.6.32/uPlot.min.css, NOTHING",
    "GET, /api/v1/health, NOTHING",
    "GET, /api/v1/health/ready, NOTHING",
    "GET, /api/v1/session, NOTHING",
    "GET, /api/v1/live, TO_READ",
    "GET, /api/v1/cache/stats, TO_READ",
    "HEAD, /api/v1/audit, TO_READ",
    "GET, /metrics, TO_READ",
    "GET, /api/v1/health/, TO_READ",
    "GET, /api//v1/health, TO_READ",
    "GET, /app/../api/v1/audit, TO_READ",
    "GET, /app/%2e%2e/metrics, TO_READ",
    "GET, /app/..;/metrics, TO_READ",
    "GET, /app/x;y, TO_READ",
    "GET, /anything, TO_READ",
    "POST, /api/v1/rules/validate, TO_READ",
    "PUT, /api/v1/rules/validate, TO_CHANGE",
    "POST, /api/v1/health, TO_CHANGE",
    "DELETE, /api/v1/cache/flush, TO_CHANGE",
    "POST, /, TO_CHANGE",
    "get, /api/v1/health, TO_CHANGE",
    "TRACE, /, TO_CHANGE",
  })
  void of_whatIsNotKnownToBeLess_isMore(String method, String path, Need need) {
    assertThat(Need.of(method, path)).isEqualTo(need);
  }

  @ParameterizedTest
  @EnumSource(Need.class)
  void role_beyondLoopback_isAtLeastThatOnLoopback(Need need) {
    assertThat(need.role(false)).isGreaterThanOrEqualTo(need.role(true));
  }

  @Test
  void role_toChange_isOperatorEverywhere() {
    assertThat(Need.TO_CHANGE.role(true)).isEqualTo(Role.OPERATOR);
    assertThat(Need.TO_READ.role(true)).isEqualTo(Role.NONE);
    assertThat(Need.TO_READ.role(false)).isEqualTo(Role.VIEWER);
    assertThat(Need.NOTHING.role(false)).isEqualTo(Role.NONE);
  }
}
