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
    "/users/hans.mueller@bank.de/limits, /users/{id}/limits",
    "/users/hans%40bank.de, /users/{id}",
    "/users/M%C3%BCller, /users/{id}",
    "/users/Müller, /users/{id}",
    "/users/hans.mueller, /users/{id}",
    "/users/j.doe/orders, /users/{id}/orders",
    "/users/name=hans, /users/{id}",
    "/orders;jsessionid=4711ab/lines, /orders/lines",
    "/orders/17;v=2, /orders/{id}",
    "'/weather/52.5,13.4', /weather/{id}",
    "/reset/aBcDeFgHiJkLm, /reset/{id}",
    "/reset/getUserByAccountNumber, /reset/getUserByAccountNumber",
    "/search/findAllByURLAndName, /search/findAllByURLAndName",
    "/static/js/app.min.js, /static/js/app.min.js",
    "/docs/Index.HTML, /docs/Index.HTML",
    "/api/v1.2/users, /api/v1.2/users",
    "/api/2.0/users, /api/2.0/users",
    "/com.example.Accounts/List, /com.example.Accounts/List",
    "/a/.well-known/x, /a/.well-known/x",
    "/a/../b, /a/../b",
  })
  void of_writesIdentifiersAsOne(String path, String expected) {
    assertThat(EndpointPath.of(path)).isEqualTo(expected);
  }

  @Test
  void of_isBounded() {
    assertThat(EndpointPath.of("/a".repeat(10_000)).length()).isLessThan(250);
  }
}
