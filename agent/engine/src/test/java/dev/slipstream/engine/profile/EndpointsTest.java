package dev.slipstream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.EndpointStatistics;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private final Endpoints endpoints = new Endpoints(new EndpointNames());

  @Test
  void all_countsByMethodAndName() {
    endpoints.names().learn("/items/blue", "/items/{colour}");
    endpoints.answered("GET", "/items/blue", 200, false, 3_000_000);
    endpoints.answered("GET", "/items/blue", 200, true, 1_000_000);
    endpoints.answered("PUT", "/items/blue", 503, false, 2_000_000);

    assertThat(endpoints.statistics())
        .containsExactly(
            new EndpointStatistics("GET /items/{colour}", 2, 1, 0, 4_000, 3_000),
            new EndpointStatistics("PUT /items/{colour}", 1, 0, 1, 2_000, 2_000));
  }

  @Test
  void answered_withoutAnAnswer_isAnError() {
    endpoints.answered("GET", "/items", 0, false, 1);
    endpoints.answered("GET", "/items", 499, false, 1);

    assertThat(endpoints.statistics().get(0).errors()).isOne();
  }

  @Test
  void answered_beyond500Endpoints_countsAsOne() {
    for (int i = 0; i < 600; i++) {
      endpoints.answered(
          "GET", "/page-" + (char) ('a' + i / 26) + (char) ('a' + i % 26), 200, false, 1);
    }

    assertThat(endpoints.statistics()).hasSize(501);
    assertThat(endpoints.statistics().get(0))
        .isEqualTo(new EndpointStatistics("(others)", 100, 0, 0, 0, 0));
  }

  @Test
  void answered_methodsThatClientsMakeUp_areBounded() {
    for (int i = 0; i < 10_000; i++) {
      endpoints.answered("METHOD" + i, "/", 200, false, 1);
    }
    endpoints.answered("M".repeat(10_000), "/", 200, false, 1);

    assertThat(endpoints.statistics()).hasSize(13);
    assertThat(endpoints.statistics()).allMatch(one -> one.endpoint().length() < 50);
  }
}
