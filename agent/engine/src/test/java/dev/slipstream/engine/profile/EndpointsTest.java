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
  void record_beyond500Endpoints_countsAsOne() {
    for (int i = 0; i < 600; i++) {
      String path = "/p" + (char) ('a' + i / 26) + "/x" + (char) ('a' + i % 26) + "/only";
      endpoints.at("GET", path).record(Outcome.MISS_URI, 200, 1, 0);
    }

    assertThat(endpoints.all()).hasSize(501);
    assertThat(endpoints.statistics().get(0))
        .isEqualTo(new EndpointStatistics("(others)", 100, 0, 0, 0, 0));
  }

  @Test
  void record_manyValuesAtOnePlace_areOneEndpointWithAllThatWasCounted() {
    for (int i = 0; i < 300; i++) {
      endpoints.at("GET", colour(i)).record(Outcome.MISS_URI, 200, 1_000_000, 1);
      endpoints.at("PUT", colour(i)).record(Outcome.BYPASS_METHOD, 200, 1_000_000, 1);
    }
    Endpoint early = endpoints.at("GET", colour(0));
    endpoints.tick(System.nanoTime());

    assertThat(endpoints.all())
        .extracting(Endpoint::name)
        .containsExactlyInAnyOrder("GET /colours/{value}", "PUT /colours/{value}");
    assertThat(early.totals().requests()).isEqualTo(300);
    assertThat(early.window().requests()).isEqualTo(300);
    assertThat(early.window().ofMisses().count()).isEqualTo(300);
    for (int i = 0; i < 100; i++) {
      endpoints.tick(System.nanoTime());
    }
    assertThat(early.totals().requests()).isEqualTo(300);
    assertThat(early.totals().bytes()).isEqualTo(300);
  }

  @Test
  void record_atAHandleFromBeforeItVaried_countsForThatOne() {
    Endpoint before = endpoints.at("GET", colour(0));
    for (int i = 0; i < 60; i++) {
      endpoints.at("GET", colour(i)).record(Outcome.MISS_URI, 200, 1, 0);
    }
    before.record(Outcome.MISS_URI, 200, 1, 0);

    assertThat(endpoints.all()).hasSize(1);
    assertThat(endpoints.all().get(0).totals().requests()).isEqualTo(61);
  }

  @Test
  void record_templatesOfTheApplication_doNotVary() {
    for (int i = 0; i < 100; i++) {
      endpoints.names().learn(colour(i), colour(i));
      endpoints.at("GET", colour(i)).record(Outcome.MISS_URI, 200, 1, 0);
    }

    assertThat(endpoints.all()).hasSize(100);
  }

  @Test
  void record_whatIsNotFound_getsFewEndpointsAndTeachesNothing() {
    for (int i = 0; i < 400; i++) {
      endpoints.at("GET", colour(i)).record(Outcome.MISS_URI, 404, 1, 0);
    }
    endpoints.at("GET", "/colours/red").record(Outcome.MISS_URI, 200, 1, 0);

    assertThat(endpoints.all()).hasSize(102);
    assertThat(endpoints.others().totals().requests()).isEqualTo(300);
    assertThat(endpoints.at("GET", "/colours/red").totals().requests()).isEqualTo(1);
    assertThat(endpoints.totals().requests()).isEqualTo(401);
  }

  @Test
  void at_ofAPathAskedForLately_isTheSame() {
    assertThat(endpoints.at("GET", "/items/17")).isSameAs(endpoints.at("GET", "/items/18"));
    assertThat(endpoints.at("GET", "/items/17")).isNotSameAs(endpoints.at("PUT", "/items/17"));
    assertThat(endpoints.all()).isEmpty();
  }

  private static String colour(int i) {
    return "/colours/" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
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
