package dev.slipstream.console.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointFiguresTest {
  private static final String USERS = "GET /users/{id}";
  private static final EndpointsReading BUSY = Gateways.busy(USERS, 90, 1, 10, 100, 5);
  private static final EndpointsReading QUIET = Gateways.busy(USERS, 0, 0, 10, 400, 0);

  @Test
  void ofSeveral_countsAddUp_andRatesComeFromSums() {
    EndpointFigures both = EndpointFigures.each(List.of(BUSY, QUIET)).get(0);

    assertThat(both.endpoint()).isEqualTo(USERS);
    assertThat(both.method()).isEqualTo("GET");
    assertThat(both.path()).isEqualTo("/users/{id}");
    assertThat(both.requests()).isEqualTo(110);
    assertThat(both.inFlight()).isEqualTo(2);
    assertThat(both.hitRate())
        .as("90 of 110, not the mean of 0.9 and 0")
        .isCloseTo(0.818, within(1e-3));
    assertThat(both.errorRate()).isCloseTo(5 / 110.0, within(1e-9));
    assertThat(both.meanMs()).isCloseTo((90 + 1_000 + 4_000) / 110.0, within(1e-6));
    assertThat(both.score()).isCloseTo((100 * 0.9 + 10 * 0.5) / 110, within(1e-9));
    assertThat(both.savedMs()).as("what is known of it").isEqualTo(90 * 99);
  }

  @Test
  void percentilesOfSeveral_areOfAllTimes_hitsAndMissesApart() {
    EndpointFigures both = EndpointFigures.each(List.of(BUSY, QUIET)).get(0);

    assertThat(both.p50Ms()).isCloseTo(1, within(0.05));
    assertThat(both.p95Ms()).isCloseTo(400, within(13.0));
    assertThat(both.hits().count()).isEqualTo(90);
    assertThat(both.hits().p95Ms()).as("of the only one that had any").isEqualTo(1);
    assertThat(both.misses().p50Ms()).isCloseTo(100, within(3.2));
    assertThat(both.misses().p95Ms()).isCloseTo(400, within(13.0));
  }

  @Test
  void budget_isWeighted_andALimitThatAllHaveStays() {
    EndpointFigures both = EndpointFigures.each(List.of(BUSY, QUIET)).get(0);
    assertThat(both.budget().p95Ms()).isEqualTo(100);
    assertThat(both.budget().errorsBurn()).isCloseTo(0.5 * 100 / 110, within(1e-9));
  }

  @Test
  void withoutTraffic_nothingIsKnown() {
    EndpointFigures total = EndpointFigures.total(List.of(Gateways.idle(), Gateways.idle()));
    assertThat(total.requests()).isZero();
    assertThat(total.requestsPerSecond()).isNull();
    assertThat(total.hitRate()).isNull();
    assertThat(total.errorRate()).isNull();
    assertThat(total.p95Ms()).isNull();
    assertThat(total.score()).isNull();
    assertThat(total.savedMs()).isNull();
    assertThat(total.method()).isNull();
  }

  @Test
  void selection_putsWhatIsNotKnownLast_andSearchesInAnyCase() {
    List<EndpointFigures> all =
        EndpointFigures.each(
            List.of(
                Gateways.busy("GET /fast", 5, 1, 0, 0, 0),
                Gateways.busy("GET /slow", 0, 0, 3, 900, 0),
                Gateways.busy("GET /none", 0, 0, 0, 0, 0)));
    assertThat(names(EndpointSelection.Order.P95, 10, null, all)).endsWith("GET /none");
    assertThat(names(EndpointSelection.Order.HIT_RATE, 1, null, all)).containsExactly("GET /slow");
    assertThat(names(EndpointSelection.Order.REQUESTS, 2, null, all))
        .containsExactly("GET /fast", "GET /slow");
    assertThat(names(EndpointSelection.Order.REQUESTS, 9, "SLOW", all))
        .containsExactly("GET /slow");
  }

  private static List<String> names(
      EndpointSelection.Order order, int limit, String search, List<EndpointFigures> all) {
    return new EndpointSelection(order, limit, search)
        .of(all).stream().map(EndpointFigures::endpoint).toList();
  }
}
