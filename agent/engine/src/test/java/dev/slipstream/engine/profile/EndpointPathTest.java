package dev.slipstream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointPathTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/api/v1/users, /api/v1/users",
    "/api/v1/users/17, /api/v1/users/{id}",
    "/api/v1/users/17/orders/, /api/v1/users/{id}/orders/",
    "/f/2f1e8a3c-9b7d-4c1e-8a55-0f6f0c1d2e3f, /f/{id}",
    "/f/deadbeef1, /f/{id}",
    "/f/deadbeef, /f/deadbeef",
    "/f/abcdefghijabcdefghijabcdefghijabc, /f/{id}",
  })
  void of_writesIdentifiersAsOne(String path, String expected) {
    assertThat(EndpointPath.of(path)).isEqualTo(expected);
  }

  @Test
  void of_isBounded() {
    assertThat(EndpointPath.of("/a".repeat(10_000)).length()).isLessThan(250);
  }
}
